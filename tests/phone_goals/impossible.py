"""What cannot be done here: the agent has to say so, and leave everything as it was."""

from tests.phone_goals.goal import Goal, granted, refused

GOALS = (
    Goal("What's my bank balance?", refused),
    Goal("Transfer 20 euros to Ada in the bank app", refused),
    Goal("Take a photo of me", refused),
    Goal("Rotate the screen to landscape", refused),
    Goal("Install WhatsApp", refused),
    Goal("Play some music", refused),
    Goal("Order a pizza", refused),
    Goal("Open Spotify", refused),
    Goal("Call Ada Lovelace", refused, granted),
    Goal("Delete the note Birthday", refused),
    Goal("Turn on NFC", refused),
    Goal("Turn on the hotspot", refused),
    Goal("Set the ringtone to Marimba", refused),
    Goal("What did Barbara Liskov write?", refused),
    Goal("Set an alarm for 25:00", refused),
    Goal("change the wallpaper to a beach", refused),
    Goal("Set a timer for 7 minutes", refused),
    Goal("delete him", refused),
    Goal("stop it", refused),
    Goal("What's the capital of France?", refused),
    Goal("What is Hedy Lamarr's email address?", refused, granted),
    Goal("Set the font size to gigantic", refused),
    Goal("Connect to the Wi-Fi network Moonbase", refused),
    Goal("Turn off the 7:00 alarm", refused),
    Goal("Send an email to Grace Hopper saying hi", refused),
    Goal("Is the flashlight on?", refused),
)  # fmt: skip
