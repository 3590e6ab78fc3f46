"""Does the deeds of web pages that are about text."""

from agent.builtin.outcome import Outcome, Turn
from agent.builtin.page.commanding import delete_file
from agent.builtin.page.deeds_of_text import (
    AddItems,
    BuyBelow,
    ClickMost,
    ClickResult,
    Complete,
    DeleteFile,
    EnterMoment,
    FillFrom,
    FillMatching,
    Guess,
    HandIn,
    LookUp,
    OnPosts,
    PickGreatest,
    PlayNoughts,
    PressUntil,
    TextDeed,
    WithMail,
    WriteRead,
)
from agent.builtin.page.filling import enter_moment, fill_from, fill_matching, hand_in, write_read
from agent.builtin.page.listing import click_most, click_result, complete, look_up
from agent.builtin.page.mailing import with_mail
from agent.builtin.page.numbering import guess, press_until
from agent.builtin.page.ordering import add_items, buy_below
from agent.builtin.page.playing import pick_greatest, play_noughts
from agent.builtin.page.posting import on_posts


def outcome_of_text(part: TextDeed, turn: Turn) -> Outcome:
    """What `part` comes to now."""
    match part:
        case WriteRead():
            return write_read(part, turn)
        case EnterMoment():
            return enter_moment(part, turn)
        case FillMatching():
            return fill_matching(part, turn)
        case FillFrom():
            return fill_from(part, turn)
        case PressUntil():
            return press_until(part, turn)
        case Guess():
            return guess(part, turn)
        case ClickResult():
            return click_result(part, turn)
        case Complete():
            return complete(part, turn)
        case ClickMost():
            return click_most(part, turn)
        case LookUp():
            return look_up(part, turn)
        case HandIn():
            return hand_in(part, turn)
        case WithMail():
            return with_mail(part, turn)
        case OnPosts():
            return on_posts(part, turn)
        case AddItems():
            return add_items(part, turn)
        case BuyBelow():
            return buy_below(part, turn)
        case DeleteFile():
            return delete_file(part, turn)
        case PickGreatest():
            return pick_greatest(part, turn)
        case PlayNoughts():
            return play_noughts(part, turn)
