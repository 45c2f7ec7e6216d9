"""Two people at the same moment: one deed is done, the other is told in one sentence, nothing stands there twice."""

from datetime import date, timedelta

import pytest

from onebow.apps.organizations.tests.make import NOON, TODAY, make_town
from onebow.apps.organizations.tests.test_at_once import at_once
from onebow.apps.plans.models import Cadence, RiskPoint
from onebow.apps.plans.services.duties import CadenceDraft, change_cadence, generate, version_of
from onebow.apps.plans.services.risks import register_risk
from onebow.apps.plans.services.risks_import import import_risks
from onebow.apps.plans.tests.make_duties import THEME, make_duty
from onebow.apps.plans.tests.make_risks import NEXT, risk_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_do_the_same_the_second_is_told():
    town = make_town()
    owner = town.member.person

    def bring():
        text = f"科室\t风险点\t符合的标准\t防控措施\t责任人\n{town.wages.name}\t退费\t1\t复核\t{owner.name}"
        import_risks(text, by=town.officer, at=NOON)

    def register():
        register_risk(risk_of(town.wages, owner.pk, matter="备用金"), (1,), NEXT, by=town.officer, at=NOON)

    for deed, words in ((bring, "已登记过"), (register, "已经登记过“备用金”")):
        first, second = at_once(deed, deed)
        assert (first, words in second) == ("done", True), second
    assert sorted(RiskPoint.objects.values_list("matter", flat=True)) == sorted(["退费", "备用金"])

    duty = make_duty(town.bureau, THEME, on=date(TODAY.year, 1, 1))
    generate(None, TODAY.year, at=NOON)
    seen, day = version_of(duty), date(TODAY.year + 1, 1, 1)

    def say(months):
        draft, at = CadenceDraft(f"FREQ=MONTHLY;INTERVAL={months}", basis="上级通知"), NOON + timedelta(minutes=months)
        return lambda: change_cadence(duty.pk, draft, from_on=day, version=seen, by=town.officer, at=at)

    first, second = at_once(say(2), say(3))
    assert (first, "的频次在您打开页面之后已被" in second) == ("done", True), second
    assert Cadence.objects.filter(duty=duty).count() == 2
