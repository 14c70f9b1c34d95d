from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("东江市数据局起草了《东江市数据条例》。", "draft"),
        ("东江市正在编制《东江市算力规划》。", "draft"),
        ("东江市就《东江市数据条例》公开征求意见。", "draft"),
        ("东江市发布《东江市数据条例（征求意见稿）》。", "draft"),
        ("东江市即将出台《东江市数据条例》。", "draft"),
        ("东江市将抓紧研究出台《东江市数据条例》。", "draft"),
        ("东江市拟出台《东江市数据条例》。", "draft"),
        ("市人大常委会审议《东江市数据条例》。", "draft"),
        ("东江市人大常委会表决通过《东江市数据条例》。", "approved"),
        ("会议原则通过《东江市数据条例（草案）》。", "approved"),
        ("《东江市数据条例》获批。", "approved"),
        ("东江市日前印发了《东江市数据条例》。", "issued"),
        ("《东江市数据条例》正式发布。", "issued"),
        ("东江市日前发布两项支持政策——《东江市数据条例》《东江市算力办法》。", "issued"),
        ("《东江市数据条例》《东江市算力办法》等相继印发，", "issued"),
        ("根据《东江市数据条例》，制定本方案。", "issued"),
        ("《东江市数据条例》自2025年1月1日起施行。", "in_force"),
        ("《东江市数据条例》将于2025年10月1日起施行。", "issued"),
        ("《东江市数据条例》自2025年3月1日起试行。", "in_force"),
        ("《东江市数据条例》同时废止。", "repealed"),
        ("东江市宣布废止《东江市数据条例》。", "repealed"),
        ("东江市尚未出台《东江市数据条例》。", None),
        ("《东江市数据条例》提出加快重大工程实施。", None),
        ("专家谈到《东江市数据条例》。", None),
    ],
)
def test_status_is_what_the_words_round_the_title_say(text: str, status: str | None) -> None:
    assert policies(text)[0].status == status


def test_the_furthest_status_of_all_places_counts() -> None:
    (one,) = policies("东江市数据局起草了《东江市数据条例》。", "昨日，东江市公布《东江市数据条例》。")
    assert one.status == "issued"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025年3月5日，东江市印发《甲条例》。", {"date": "2025-03-05"}),
        ("2025年3月，东江市印发《甲条例》。", {"date": "2025-03"}),
        ("东江市2025年3月5日公布《甲条例》。", {"date": "2025-03-05", "published": "2025-03-05"}),
        ("2025年3月5日，市长签发《甲条例》。", {"date": "2025-03-05", "signed": "2025-03-05"}),
        ("2022年1月1日，甲、乙共同签署的《甲协定》正式生效。", {"in_force": "2022-01-01"}),
        ("据新华社7月20日消息，国务院印发《甲规划》。", {}),
        ("东江市将于2025年9月1日出台《甲条例》。", {}),
    ],
)
def test_days_are_kept_apart_by_the_act(text: str, days: dict[str, str]) -> None:
    (one,) = policies(text)
    names = ("date", "signed", "published", "in_force", "valid_until")
    assert {name: value for name in names if (value := getattr(one, name))} == days
    assert all(name in one.parts for name in days)


def test_brackets_behind_the_last_title_of_a_list_tell_of_it_alone() -> None:
    first, second = policies("根据《甲法》《乙条例》（2022年3月1日公布），制定本办法。")
    assert (first.published, second.published) == (None, "2022-03-01")


def test_a_new_version_repeals_the_old_one_of_its_title_and_is_not_repealed_itself() -> None:
    (one,) = policies("财政部公布《甲办法》，自2025年12月1日起施行。", "2016年1月5日公布的《甲办法》同时废止。")
    assert (one.status, one.in_force, one.relations) == ("issued", "2025-12-01", ())
