"""A year's plan on one page."""

from datetime import date, timedelta

from django.utils import timezone

from onebow.apps.plans.models import Occurrence
from onebow.apps.plans.tests.duties_pages.reading import HTMX, text


def sent_of(rows, **changed):
    """What the form of a year sends: all rows as they stand, but for what is changed."""
    told = {}
    for row in rows:
        day = row.planned_on.isoformat() if row.planned_on else ""
        told |= {
            f"version_{row.pk}": row.version, f"was_{row.pk}": f"{day}|{row.topic}", f"day_{row.pk}": day,
            f"topic_{row.pk}": row.topic,
        }  # fmt: skip
    return told | changed


def open_of(town, year):
    return list(Occurrence.objects.filter(organization=town.first, starts_on__year=year))


def test_a_year_is_planned_on_one_page_and_only_what_was_touched_is_written(town, coming, secretary, year):
    address = f"/duties/organizations/{town.first.pk}/?year={year + 1}"
    html = text(secretary, address)
    assert f'name="day_{coming[0].pk}"' in html
    assert f"{year + 1} 年的放假安排还没有录入" in html or "放假安排还没有录入" not in html
    rows = open_of(town, year + 1)
    sent = sent_of(rows, **{f"day_{coming[0].pk}": f"{year + 1}-01-09", f"topic_{coming[0].pk}": "新年第一课"})
    # Somebody else plans February meanwhile: untouched here, it stays theirs.
    Occurrence.objects.filter(pk=coming[1].pk).update(topic="别人安排的", version=2)
    answer = secretary.post(address, sent)
    assert answer.headers["Location"] == address
    topics = list(Occurrence.objects.filter(pk__in=[row.pk for row in coming[:2]]).order_by("starts_on"))
    assert [row.topic for row in topics] == ["新年第一课", "别人安排的"]
    sent = sent_of(rows, **{f"topic_{coming[1].pk}": "我的"})
    answer = secretary.post(address, sent, headers=HTMX)
    assert "其他人修改" in answer.content.decode()
    assert f'name="version_{coming[1].pk}" value="2"' in answer.content.decode()


def test_proposed_days_fill_the_empty_fields_and_are_written_once_saved(town, coming, secretary, year):
    address = f"/duties/organizations/{town.first.pk}/?year={year + 1}&propose=1"
    html = text(secretary, address)
    assert f'value="{year + 1}-01-' in html
    assert not Occurrence.objects.exclude(planned_on=None).exists()
    sent = sent_of(open_of(town, year + 1), **{f"day_{coming[0].pk}": f"{year + 1}-01-05"})
    assert secretary.post(address, sent).status_code == 302
    assert Occurrence.objects.get(pk=coming[0].pk).planned_on == date(year + 1, 1, 5)


def test_a_day_outside_is_told_beside_its_field_and_nothing_typed_is_lost(town, coming, secretary, year):
    address = f"/duties/organizations/{town.first.pk}/?year={year + 1}"
    sent = sent_of(
        open_of(town, year + 1), **{f"day_{coming[0].pk}": f"{year + 1}-06-09", f"topic_{coming[5].pk}": "六月"}
    )
    answer = secretary.post(address, sent, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_day_{coming[0].pk}_error"' in html
    assert "六月" in html
    assert "<html" not in html


def test_a_year_is_read_on_another_day_without_fields(town, coming, secretary, year):
    yesterday = timezone.localdate() - timedelta(days=1)
    html = text(secretary, f"/duties/organizations/{town.first.pk}/", year=year + 1, on=yesterday.isoformat())
    assert f'data-occurrence="{coming[0].pk}"' in html
    assert 'name="day_' not in html
