from mingjian.core.books import Asked
from mingjian.core.model.ledger.cells import Filed
from mingjian.store.books.tags import tags_of, wanted_of

COUNTRY, INNER_MONGOLIA, HOHHOT, SHENZHEN = "156", "150000", "150100", "440300"


def found_by(place: str, code: str) -> bool:
    """Whether a thing of one place is looked at where another is asked about."""
    held = set(tags_of(1, Filed(regions=(code,))))
    return all(
        any(value in group.values for group in wanted.groups for number, value in held if number == group.facet)
        for wanted in wanted_of(1, Asked(kind="target", regions=(place,)))
    )


def test_things_are_filed_by_all_places_in_which_theirs_lies() -> None:
    assert found_by("440000", SHENZHEN)
    assert found_by(SHENZHEN, SHENZHEN)
    assert found_by(INNER_MONGOLIA, HOHHOT)
    assert not found_by(HOHHOT, INNER_MONGOLIA)


def test_the_country_lies_in_no_province_whose_code_begins_like_its_own() -> None:
    assert found_by(COUNTRY, COUNTRY)
    assert not found_by(INNER_MONGOLIA, COUNTRY)
    assert not found_by(COUNTRY, INNER_MONGOLIA)
