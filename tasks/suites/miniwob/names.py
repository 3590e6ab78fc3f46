"""Which MiniWoB++ tasks there are, and how many steps a policy is given for each."""

NAMES = tuple(
    """
    ascending-numbers bisect-angle book-flight book-flight-nodelay buy-ticket choose-date choose-date-easy
    choose-date-medium choose-date-nodelay choose-list circle-center click-button click-button-sequence
    click-checkboxes click-checkboxes-large click-checkboxes-soft click-checkboxes-transfer click-collapsible
    click-collapsible-2 click-collapsible-2-nodelay click-collapsible-nodelay click-color click-dialog
    click-dialog-2 click-link click-menu click-menu-2 click-option click-pie click-pie-nodelay click-scroll-list
    click-shades click-shape click-tab click-tab-2 click-tab-2-easy click-tab-2-hard click-tab-2-medium click-test
    click-test-2 click-test-transfer click-widget copy-paste copy-paste-2 count-shape count-sides daily-calendar
    drag-box drag-circle drag-cube drag-items drag-items-grid drag-shapes drag-shapes-2 drag-single-shape
    drag-sort-numbers draw-circle draw-line email-inbox email-inbox-delete email-inbox-forward
    email-inbox-forward-nl email-inbox-forward-nl-turk email-inbox-important email-inbox-nl-turk
    email-inbox-noscroll email-inbox-reply email-inbox-star-reply enter-date enter-password enter-text enter-text-2
    enter-text-dynamic enter-time find-greatest find-midpoint find-word focus-text focus-text-2 form-sequence
    form-sequence-2 form-sequence-3 generate-number grid-coordinate guess-number highlight-text highlight-text-2
    hot-cold identify-shape login-user login-user-popup multi-layouts multi-orderings navigate-tree
    number-checkboxes odd-or-even order-food phone-book read-table read-table-2 resize-textarea right-angle
    scroll-text scroll-text-2 search-engine sign-agreement simple-algebra simple-arithmetic social-media
    social-media-all social-media-some stock-market terminal text-editor text-transform tic-tac-toe unicode-test
    use-autocomplete use-autocomplete-nodelay use-colorwheel use-colorwheel-2 use-slider use-slider-2 use-spinner
    visual-addition
    """.split()  # noqa: SIM905 - 125 quoted words are no easier to read
)
"""All that the package registers, without FlightWoB, which is copies of airlines' pages.

The five pages that are a matter of milliseconds (button-delay, chase-circle, hover-shape, moving-items, simon-says) are
not registered.
"""

STEPS = 10
"""As in BrowserGym's protocol (arXiv:2412.05467)."""

MORE_STEPS = 30
"""For the tasks that can take even a perfect policy more than ten moves."""

LONG = frozenset(
    """
    book-flight book-flight-nodelay choose-date choose-date-medium choose-date-nodelay click-checkboxes-large
    click-shades daily-calendar drag-items-grid drag-shapes drag-shapes-2 email-inbox-nl-turk form-sequence
    generate-number guess-number hot-cold number-checkboxes order-food phone-book social-media-all social-media-some
    stock-market terminal tic-tac-toe use-colorwheel-2 use-slider use-slider-2 use-spinner
    """.split()  # noqa: SIM905 - as above
)
"""The tasks that are given `MORE_STEPS`."""


def steps_for(task: str) -> int:
    """How many moves a policy is given."""
    return MORE_STEPS if task in LONG else STEPS
