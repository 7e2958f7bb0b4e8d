"""Translate the labels of all our models, which the admin shows.

Django derives the names of models and fields from the code, and never translates a derived name. So each is wrapped
once, at start, instead of being written out several hundred times. `model_label_texts.py` lists them for
`makemessages`; `./run manage write_reference` writes that list.
"""

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

OUR_APPS = ("core", "campaigns", "volunteers", "matching", "ledger")


def translate_model_labels() -> None:
    """Make the names of our apps, models and fields, and the fields' help texts, messages that can be translated."""
    for label in OUR_APPS:
        config = apps.get_app_config(label)
        config.verbose_name = gettext_lazy(str(config.verbose_name))
    for model in list_labelled_models():
        options = model._meta
        options.verbose_name = gettext_lazy(str(options.verbose_name))
        options.verbose_name_plural = gettext_lazy(str(options.verbose_name_plural))
        for field in options.get_fields():
            if isinstance(field, Field):
                field.verbose_name = gettext_lazy(str(field.verbose_name))
                if field.help_text and not isinstance(field.help_text, Promise):
                    field.help_text = gettext_lazy(str(field.help_text))


def list_labelled_models() -> list[type[Model]]:
    """Return our models, without the tables of the history, which no page shows."""
    models = [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in models if not model.__name__.endswith("Event")]


def list_label_texts() -> list[str]:
    """Return every text that `translate_model_labels` wraps, each once and in order."""
    return sorted({str(text) for text in _collect_label_texts() if text})


def _collect_label_texts() -> Iterator[object]:
    configs: list[AppConfig] = [apps.get_app_config(label) for label in OUR_APPS]
    yield from (config.verbose_name for config in configs)
    for model in list_labelled_models():
        yield from (model._meta.verbose_name, model._meta.verbose_name_plural)
        for field in model._meta.get_fields():
            if isinstance(field, Field):
                yield from (field.verbose_name, field.help_text)
