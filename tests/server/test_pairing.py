import pytest

from meetagain.schema import wire
from meetagain.server.pairing import TRIES, WINDOW_S, CodeWrong, Pairing
from meetagain.server.roles import Role, may_read, may_send


def test_P4_a_code_works_once():
    pairing = Pairing(needed=True)
    code = pairing.codes()[Role.SPECTATOR]
    given = pairing.redeem(code, 0.0)
    assert pairing.role_of(given.token) is Role.SPECTATOR
    with pytest.raises(CodeWrong):
        pairing.redeem(code, 1.0)


def test_P4_passes_can_be_taken_back():
    pairing = Pairing(needed=True)
    given = pairing.redeem(pairing.codes()[Role.VISITOR], 0.0)
    pairing.revoke_all()
    assert pairing.role_of(given.token) is None


def test_guessing_is_slowed_down_and_the_right_code_waits_too():
    pairing = Pairing(needed=True)
    right = pairing.codes()[Role.VISITOR]
    wrong = next(f"{n:06d}" for n in range(10) if f"{n:06d}" not in pairing.codes().values())
    for second in range(TRIES):
        with pytest.raises(CodeWrong):
            pairing.redeem(wrong, float(second))
    with pytest.raises(CodeWrong, match="wait a minute"):
        pairing.redeem(right, TRIES + 1.0)
    assert pairing.redeem(right, TRIES + WINDOW_S + 1.0).role is Role.VISITOR


def test_a_new_code_ends_the_old_one():
    pairing = Pairing(needed=True)
    old = pairing.codes()[Role.VISITOR]
    pairing.new_code(Role.VISITOR)
    with pytest.raises(CodeWrong):
        pairing.redeem(old, 0.0)


def test_a_spectator_can_send_nothing_and_reads_no_proposed_line():
    proposed = wire.Proposed(at_s=1.0, turn=1, text="x", line_class="authored", cites=())
    assert not may_read(Role.SPECTATOR, proposed)
    assert may_read(Role.COMPANION, proposed)
    for report in (wire.Acted(act="hug_done"), wire.Control(control="stop"), wire.Typed(text="x"), wire.StopAsked(how="key")):
        assert not may_send(Role.SPECTATOR, report)


def test_the_visitor_has_no_companion_rights():
    assert not may_send(Role.VISITOR, wire.Control(control="next"))
    assert may_send(Role.COMPANION, wire.StopAsked(how="button"))
