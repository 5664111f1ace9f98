"""What a VRM file says of its maker and its terms comes in; what that means for this family goes out."""

from dataclasses import dataclass
from typing import Any

from meetagain.errors import Issue, MeetAgainError, issue

ONLY = {
    "onlyauthor": "only its maker may use it",
    "explicitlylicensedperson": "only somebody whom its maker has allowed may use it",
    "onlyseparatelylicensedperson": "only somebody whom its maker has allowed may use it",
}


@dataclass(frozen=True)
class Terms:
    """Who made a body, and what may be done with it. Empty text: the file does not say."""

    makers: tuple[str, ...]
    rights: str  # the maker's own words on copyright
    licence: str  # name or address of the licence
    forbids: str  # why it may not be used without the maker's word, as a clause; "" when anybody may


def terms_of(document: dict[str, Any]) -> Terms:
    """The terms in the meta of VRM 1.0 or 0.x; a GLB file may name its maker in asset.copyright."""
    extensions = _table(document.get("extensions"))
    one, nought = _table(_table(extensions.get("VRMC_vrm")).get("meta")), _table(_table(extensions.get("VRM")).get("meta"))
    if one:
        makers = tuple(str(name)[:120] for name in one.get("authors", []) if name) if isinstance(one.get("authors"), list) else ()
        forbids = ONLY.get(_word(one.get("avatarPermission", "onlyAuthor")), "")
        if not forbids and _word(one.get("modification", "prohibited")) == "prohibited":
            forbids = "it may not be changed, and we would have to change how it stands"
        return Terms(makers, _text(one, "copyrightInformation"), _text(one, "licenseUrl"), forbids)
    if nought:
        makers = (_text(nought, "author"),) if _text(nought, "author") else ()
        forbids = ONLY.get(_word(nought.get("allowedUserName", "OnlyAuthor")), "")
        name = _text(nought, "licenseName")
        if not forbids and "nd" in name.lower().split("_"):
            forbids = "it may not be changed, and we would have to change how it stands"
        return Terms(makers, "", _text(nought, "otherLicenseUrl") or name.replace("_", " "), forbids)
    rights = _text(_table(document.get("asset")), "copyright")
    return Terms((), rights, "", "")


def judged(terms: Terms, name: str, avatar_by: str) -> tuple[Issue, ...]:
    """What the keeper is told. Raises MeetAgainError where the file forbids its use and the keeper has not said who allowed it."""
    if terms.forbids and not avatar_by.strip():
        raise MeetAgainError(issue("brought-not-allowed", name, detail=terms.forbids))
    maker = ", ".join(terms.makers) or terms.rights or avatar_by.strip()
    if not maker:
        return (issue("brought-no-maker", name),)
    said = [f"Its terms: {terms.licence}." if terms.licence else "", f"You wrote: {avatar_by.strip()}." if avatar_by.strip() else ""]
    return (issue("brought-maker", name, maker=maker, terms=" ".join(part for part in said if part) or "It does not name its terms."),)


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return value.strip()[:240] if isinstance(value, str) else ""


def _word(value: object) -> str:
    return str(value).lower().replace("_", "")
