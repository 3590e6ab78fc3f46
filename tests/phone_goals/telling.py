"""Questions that the settings and pages answer; the answer is brief, or it is a screen that was asked for."""

from tests.phone_goals.goal import Goal, brief, every, says

GOALS = (
    Goal("What's my phone number?", brief(says("+49 151 555 0100"))),
    Goal("Which Android version is this?", brief(says("14"))),
    Goal("what is the serial number of this phone", brief(says("SIM0471142"))),
    Goal("How much storage is used?", brief(says("50 GB", "39%"))),
    Goal("How much battery is left?", brief(says("82%"))),
    Goal("Is Bluetooth on?", brief(says("off", "no"))),
    Goal("Which Wi-Fi network am I connected to?", brief(says("Lighthouse"))),
    Goal("What is the IP address?", brief(says("192.168.178.42"))),
    Goal("what time zone is the phone in?", brief(says("GMT"))),
    Goal("How many GB do images take up?", brief(says("14 GB"))),
    Goal("What's the screen timeout set to?", brief(says("1 minute"))),
    Goal("tell me the MAC address", brief(says("02:00:5e:10:00:07"))),
    Goal("What model is this phone?", brief(says("SimPhone 1"))),
    Goal("Is dark mode enabled?", brief(says("off", "no"))),
    Goal("What is the name of this device?", brief(says("SimPhone"))),
    Goal("which font size is selected", brief(says("Default"))),
    Goal("What language is the phone set to?", brief(says("English"))),
    Goal("Tell me the build number", brief(says("SCREENHAND.26"))),
    Goal("tell me the android version and the model", every(says("14"), says("SimPhone 1"))),
    Goal("Does the phone have a screen lock?", brief(says("None", "no"))),
    Goal("Is airplane mode switched off?", brief(says("off", "yes"))),
    Goal("Tell me whether location is on", brief(says("on"))),
    Goal("Open the page about lighthouses in the browser and tell me how many are still lit", says("18,000")),
    Goal("What will the weather be tomorrow at the harbour?", says("Rain")),
    Goal("Open the ferry timetable in the browser and tell me what a ticket costs", says("8.50")),
    Goal("In the browser, find out when the Fresnel lens was designed", says("1822")),
    Goal("Which apps are installed?", every(says("Calculator"), says("Notes"))),
    Goal("Open the bank app, sign in with the code 2468 and tell me my balance", says("1,532.40")),
)  # fmt: skip
