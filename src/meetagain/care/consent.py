"""A person's record comes in; what stands in the way of building goes out (requirement C1)."""

from meetagain.errors import Issue, issue
from meetagain.schema.person import Person, Wish


def may_build(person: Person) -> tuple[Issue, ...]:
    """Nothing when the record is complete and the person had not said no."""
    consent = person.consent
    if consent.wish is Wish.NO:
        return (issue("consent-refused", person.id, name=person.name),)
    missing = []
    if not consent.keeper.strip():
        missing.append("the name of the keeper")
    if not consent.relation.strip():
        missing.append("how the keeper is related")
    if not consent.keeper_is_adult:
        missing.append("that the keeper is of age")
    if consent.wish is None:
        missing.append("what they themselves wished, as far as it is known")
    if not consent.close_family:
        missing.append("who else is close (write nobody, if there is nobody)")
    return (issue("consent-missing", person.id, detail=", ".join(missing)),) if missing else ()
