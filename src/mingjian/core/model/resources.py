"""What is built, opened, published, raised and done: facts that become rows of registers."""

from __future__ import annotations

from decimal import Decimal

from mingjian.core.model.facts import Actuality, Fact, Normalized


class CompanyAction(Fact, frozen=True, kw_only=True):
    """What a company did, does or plans: ``kind`` (release, sign, found, invest, win …) and the words for it.

    ``object`` is what it is done to, ``partner`` with whom, ``amount`` for how much money.
    """

    company: str
    action: str
    date: str | None = None
    kind: str | None = None
    object: str | None = None
    partner: str | None = None
    amount: Normalized | None = None
    actuality: Actuality | None = None


class Scenario(Fact, frozen=True, kw_only=True):
    """An application scenario that is opened, built or listed.

    ``scenario`` is its name in the vocabulary of scenarios, ``sector`` the section of GB/T 4754-2017 that it belongs
    to: that of the vocabulary, or of the only industry that the clause names. ``stage`` is how far it has come
    (sought, opened, built, deployed), ``status`` whether that is so, a target, supported or asked for.
    """

    owner: str | None
    action: str
    count: Decimal | None = None
    scenario: str | None = None
    sector: str | None = None
    status: str | None = None
    stage: str | None = None


class Compute(Fact, frozen=True, kw_only=True):
    """Compute capacity: a centre, a cluster, a network, a sum of FLOPS.

    ``precision`` are the words for how exactly the capacity is counted, ``kind`` the kind of compute (intelligent,
    general, super) and ``stage`` how far it has come (planned, building, in_service); ``None`` where nothing says so.
    ``renewable`` is the share of green power, ``pue`` the efficiency of power use.
    """

    name: str
    capacity: Normalized | None = None
    status: str | None = None
    owner: str | None = None
    region: str | None = None
    stage: str | None = None
    kind: str | None = None
    precision: str | None = None
    accelerators: Decimal | None = None
    racks: Decimal | None = None
    renewable: Normalized | None = None
    pue: Normalized | None = None


class Dataset(Fact, frozen=True, kw_only=True):
    """A data set or corpus that is built, opened or asked for, or several: ``count`` is how many.

    ``size`` is how large they are (bytes, tokens, hours, pieces), ``modality`` the words for what the data are (多模态,
    语音), ``labelled`` is true where words say so.
    """

    name: str
    size: Normalized | None = None
    status: str | None = None
    owner: str | None = None
    count: Decimal | None = None
    modality: str | None = None
    labelled: bool | None = None


class Fund(Fact, frozen=True, kw_only=True):
    """A fund with its amount.

    ``kind`` is the kind of fund that its name says (fund_of_funds, guidance, direct …), ``stage`` how far it has come
    (planned, raising, first_close, closed, set_up), ``sectors`` the words for what it invests in.
    """

    name: str
    amount: Decimal | None
    unit: str | None
    status: str | None = None
    region: str | None = None
    stage: str | None = None
    kind: str | None = None
    manager: str | None = None
    sectors: str | None = None


class System(Fact, frozen=True, kw_only=True):
    """A named platform, model, network or product: ``name`` as printed, with its version where one is.

    ``canonical`` and ``entity`` are the name and id of the product where the lexicon has it, ``owner`` whose it is
    where the text says so, ``base`` the model that it is built on, ``parameters`` how many it has.
    """

    name: str
    kind: str
    canonical: str | None = None
    entity: str | None = None
    version: str | None = None
    owner: str | None = None
    base: str | None = None
    parameters: Decimal | None = None


class Report(Fact, frozen=True, kw_only=True):
    """A report, a collection of cases or a standard (``kind``); ``number`` is that of the standard."""

    name: str
    issuer: str | None = None
    date: str | None = None
    kind: str | None = None
    number: str | None = None
