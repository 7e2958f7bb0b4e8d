"""The importer of volunteers."""

from core.imports.importers import Importer, register_importer
from volunteers.actions.imports import check_volunteer_values, list_volunteer_fields, load_volunteers

register_importer(
    Importer(
        kind="volunteers",
        fields=list_volunteer_fields,
        load=load_volunteers,
        check=check_volunteer_values,
        takes_skills=True,
    )
)
