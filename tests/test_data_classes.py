"""Every column says what it holds, and what is sensitive does not lie in the clear."""

import inspect
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from onebow import apps as our_apps
from onebow.apps.base.classification import Data, classes_of, columns_from, is_protected, unclassified
from onebow.apps.base.erasing import declared
from onebow.apps.base.fields import SealedText, blind_index
from onebow.apps.base.models import Stamped
from onebow.apps.organizations.models import Person
from onebow.apps.organizations.queries.personal import personal_columns
from onebow.config.data_classes import document, models_of_others, models_of_ours
from onebow.config.third_parties import TABLES
from tests.test_doors import tasks

PAGE = Path(__file__).parent.parent / "docs" / "data-classes.md"


def test_every_column_of_every_table_of_ours_is_classified():
    missing = [f"{model._meta.label}.{name}" for model in models_of_ours() for name in unclassified(model)]
    assert missing == [], "declare them in CLASSIFIED of their model, see base/classification.py"


def test_no_table_of_ours_is_left_out():
    apps = {model.__module__.split(".")[2] for model in models_of_ours()}
    assert apps == {
        "base", "ledger", "accounts", "organizations", "plans", "meetings", "methods", "affairs", "desk",
    }  # fmt: skip
    assert inspect.getfile(our_apps).endswith("apps/__init__.py")


def test_every_sensitive_column_is_sealed_or_a_keyed_digest():
    in_the_clear = [
        f"{model._meta.label}.{name}"
        for model in models_of_ours()
        for name, data in classes_of(model).items()
        if data == Data.SENSITIVE and not is_protected(model._meta.get_field(name))
    ]
    assert in_the_clear == []


def test_every_table_of_a_library_is_listed_with_its_class_and_how_long_it_is_kept():
    listed = {name for name in TABLES if "." in name}
    assert {model._meta.label for model in models_of_others()} == listed
    assert settings.CACHES["default"]["LOCATION"] in TABLES
    assert all(table.kept and table.holds for table in TABLES.values())


def test_the_page_of_the_documentation_is_what_the_models_say():
    assert document() in PAGE.read_text(encoding="utf-8"), "run python tools/data_classes.py"


class Note(models.Model):
    """Never made: a table for the tests below."""

    CLASSIFIED = {Data.PERSONAL: ("text",)}
    text = models.TextField()
    by = models.TextField()

    class Meta:
        app_label = "tests"
        managed = False


def test_a_column_without_a_class_is_named():
    assert unclassified(Note) == ["by"]


def test_a_class_for_a_column_that_does_not_exist_is_a_fault(monkeypatch):
    monkeypatch.setattr(Note, "CLASSIFIED", {Data.NONE: ("txet",)})
    with pytest.raises(ValueError, match="txet"):
        classes_of(Note)


def test_a_column_with_two_classes_is_a_fault(monkeypatch):
    monkeypatch.setattr(Note, "CLASSIFIED", {Data.NONE: ("text",), Data.SECRET: ("text",)})
    with pytest.raises(ValueError, match="twice"):
        classes_of(Note)


def test_what_an_abstract_table_says_holds_for_those_that_stand_on_it():
    assert issubclass(Person, Stamped)
    assert classes_of(Person)["created_at"] == Data.INTERNAL
    assert "starts_on" in columns_from(Person.memberships.rel.related_model, Data.PERSONAL)


def test_an_erasure_learns_which_columns_to_clear_from_the_classes():
    told = {(one.model.__name__, one.by): set(one.columns) for one in personal_columns()}
    assert {"name", "id_number", "phone", "phone_index", "born_on", "user", "note"} <= told["Person", "pk"]
    assert "version" not in told["Person", "pk"]
    assert "title" in told["Membership", "person_id"]
    assert "role" in told["Post", "person_id"]
    assert told["RosterRow", "person_id"] == {"content"}
    assert ("Place", "keeper_id") in told
    sensitive = {one.model.__name__: set(one.columns) for one in personal_columns(Data.SENSITIVE)}
    assert sensitive["Person"] == {"id_number", "id_index", "phone", "phone_index"}


def test_a_table_above_that_holds_words_about_a_person_says_what_an_erasure_does_to_it():
    # Words of the work itself stay: see docs/data-classes.md.
    of_work = {"plans.Item", "plans.Gap", "meetings.Meeting"}
    told = {model._meta.label for model, _ in declared()}
    for model in models_of_ours():
        ways = [field for field in model._meta.concrete_fields if field.related_model is Person]
        words = {
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | SealedText) and not field.choices
        }
        if ways and model._meta.app_label != "organizations" and words & set(columns_from(model, Data.PERSONAL)):
            assert model._meta.label in told | of_work, f"{model._meta.label} says nothing of an erasure"


def test_what_an_erasure_clears_are_columns_about_a_person():
    for model, told in declared():
        assert set(told.clears) <= set(columns_from(model, Data.PERSONAL)), model
        assert {told.by, *told.unsettled, *([told.decision] if told.decision else [])} <= {
            field.name for field in model._meta.concrete_fields
        }
        assert bool(told.told) == bool(told.unsettled)


def test_tasks_are_handed_numbers_and_give_back_nothing_but_numbers():
    from importlib import import_module

    for path in tasks():
        module, name = path.rsplit(".", 1)
        told = inspect.signature(getattr(import_module(module), name))
        kinds = {*(given.annotation for given in told.parameters.values()), told.return_annotation}
        assert kinds <= {int, int | None, None}, path


def test_a_keyed_digest_is_no_plain_hash():
    import hashlib

    assert blind_index("19900000001") != hashlib.sha256(b"19900000001").hexdigest()[:32]
