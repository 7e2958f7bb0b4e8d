"""Render every form with our own field template."""

from django.forms.renderers import DjangoTemplates


class PageRenderer(DjangoTemplates):
    """Django's renderer with the templates of our fields; widgets are Django's own."""

    form_template_name = "design/form_fields.html"
    field_template_name = "design/field.html"
