"""Mappings kept under a name, for the next file of the same making."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import PROFILE
from models.values.errors import NotFoundError
from resources.import_profiles import DELIVERED
from resources.languages import marked as _


def profiles(uow: UnitOfWork, kind: str = "") -> dict[str, str]:
    """The names of mapping profiles and the kinds they are for; delivered ones first."""
    own = uow.connection.execute(select(PROFILE.c.name, PROFILE.c.kind)).all()
    found = {name: str(each["kind"]) for name, each in DELIVERED.items()}
    found |= {str(name): str(of) for name, of in own}
    return {name: of for name, of in found.items() if not kind or of == kind}


@needs("imports.run")
def save_profile(uow: UnitOfWork, name: str, kind: str, value: Mapping[str, Any]) -> None:
    """Keep a mapping under a name for the next file of the same making."""
    uow.connection.execute(PROFILE.delete().where(PROFILE.c.name == name))
    stored = json.dumps(dict(value), ensure_ascii=False)
    uow.connection.execute(insert(PROFILE).values(name=name, kind=kind, value=stored))


def profile(uow: UnitOfWork, name: str) -> dict[str, Any]:
    """The mapping kept under a name; NotFoundError names the ones there are."""
    stored = uow.connection.execute(
        select(PROFILE.c.value).where(PROFILE.c.name == name)
    ).scalar_one_or_none()
    if stored is not None:
        return dict(json.loads(stored))
    if name in DELIVERED:
        return dict(DELIVERED[name])
    raise NotFoundError(
        _("There is no mapping profile “{name}”; there are {known}."),
        name=name,
        known=", ".join(profiles(uow)),
    )
