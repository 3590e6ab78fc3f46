"""Alarms, timers and the stopwatch."""

from tests.phone_goals.goal import Goal, every, never, no_row, row, says, shows

GOALS = (
    Goal("Set an alarm for 5:15 tomorrow morning", row("alarms", hour="5", minutes="15", enabled="1")),
    Goal("wake me up at 7", row("alarms", hour="7", minutes="0", enabled="1")),
    Goal("add an alarm at 10:20 pm called Medicine", row("alarms", hour="22", minutes="20", label="Medicine")),
    Goal("alarm 7:30", row("alarms", hour="7", minutes="30", enabled="1")),
    Goal(
        "I need to get up at half past six tomorrow, set an alarm",
        row("alarms", hour="6", minutes="30", enabled="1", label=""),
    ),
    Goal("turn off all alarms", no_row("alarms", enabled="1")),
    Goal("Disable every alarm", no_row("alarms", enabled="1")),
    Goal("Switch all the alarms on", no_row("alarms", enabled="0")),
    Goal("Turn on the weekend alarm", row("alarms", label="Weekend", enabled="1")),
    Goal("Delete the piano lesson alarm", every(no_row("alarms", label="Piano lesson"), row("alarms", label="Work"))),
    Goal("Remove all my alarms", no_row("alarms")),
    Goal("Cancel the alarm at 6:30", every(no_row("alarms", hour="6", enabled="1"), row("alarms", hour="8"))),
    Goal("change the 6:30 alarm to 6:45", row("alarms", hour="6", minutes="45")),
    Goal("Move my work alarm to 7:00", row("alarms", hour="7", minutes="0", label="Work")),
    Goal(
        "enable the alarms at 8:00 and 9:15",
        every(row("alarms", hour="8", enabled="1"), row("alarms", hour="9", enabled="1")),
    ),
    Goal(
        "Set an alarm for 7:10 and turn off the one at 6:30",
        every(row("alarms", hour="7", minutes="10"), row("alarms", hour="6", enabled="0")),
    ),
    Goal("At what time is the work alarm?", says("6:30")),
    Goal("when does my piano lesson alarm ring", says("9:15")),
    Goal("Is the weekend alarm on?", says("off", "no")),
    Goal("Start a 5 minute timer", shows("Pause", "Cancel")),
    Goal("timer 3 min", shows("Pause", "Cancel")),
    Goal("Set a countdown of a quarter of an hour", shows("Pause", "Cancel")),
    Goal("Set a timer for 10 minutes and cancel it", every(shows("10 minutes"), never(shows("Cancel")))),
    Goal("Start a one minute timer, then pause it", shows("Resume", "Cancel")),
    Goal("Start the stopwatch", shows("Pause", "Reset")),
    Goal("start the stopwatch and then stop it", shows("Resume", "Reset")),
    Goal("Run the stopwatch for 2 seconds, stop it and reset it", shows("Start", "00:00.0")),
)
