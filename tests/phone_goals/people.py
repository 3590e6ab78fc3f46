"""Contacts and messages."""

from tests.phone_goals.goal import Goal, every, granted, no_row, row, says, shows

GOALS = (
    Goal(
        "Add Ada Lovelace to my contacts, her number is 555-0199 and her email is ada@analytical.example",
        row("contacts", first="Ada", last="Lovelace", phone="555-0199", email="ada@analytical.example"),
    ),
    Goal(
        "new contact: Sofía Kowalewskaja, +7 812 555 0120",
        row("contacts", first="Sofía", last="Kowalewskaja", phone="+7 812 555 0120"),
    ),
    Goal(
        "Save the number 030 1234567 under the name Lise Meitner",
        row("contacts", first="Lise", last="Meitner", phone="030 1234567"),
    ),
    Goal("delete Tim Berners-Lee from my contacts", no_row("contacts", first="Tim")),
    Goal("Remove the contact of John von Neumann", no_row("contacts", first="John")),
    Goal("Find Radia Perlman in Contacts and delete her", no_row("contacts", first="Radia"), granted),
    Goal("Open Hedy Lamarr in my contacts, then delete the contact", no_row("contacts", first="Hedy")),
    Goal(
        "Change Edsger Dijkstra's phone number to +31 40 247 0000",
        row("contacts", first="Edsger", phone="+31 40 247 0000"),
    ),
    Goal(
        "Edit the contact Niklaus Wirth: set the email to niklaus@pascal.example",
        row("contacts", first="Niklaus", last="Wirth", email="niklaus@pascal.example"),
    ),
    Goal("What is Katherine Johnson's email?", every(says("katherine@nasa.example"))),
    Goal("Who has the number +43 1 555 0107?", says("Hedy Lamarr")),
    Goal("whose phone number is +1 617 555 0102", says("Barbara Liskov")),
    Goal("Call Margaret Hamilton", lambda after: "Calling Margaret Hamilton" in after.phone.notice),
    Goal("Please ring up Emmy Noether", lambda after: "Calling Emmy Noether" in after.phone.notice, granted),
    Goal("Give me Alan Turing's phone number", says("+44 20 7946 0101")),
    Goal("Search my contacts for Hopper", shows("Hopper", "Grace Hopper"), granted),
    Goal("change Grace Hopper's last name to Murray", row("contacts", first="Grace", last="Murray")),
    Goal(
        "Add the email zuse@z3.example to the contact Zuse Konrad",
        row("contacts", last="Konrad", email="zuse@z3.example"),
    ),
    Goal("Create a contact called Noor", row("contacts", first="Noor", last="", phone="")),
    Goal("How many contacts are there?", says("14")),
    Goal("Open Alan Turing in Contacts and call him", lambda after: "Calling Alan Turing" in after.phone.notice),
    Goal(
        "Text Alan Turing that I'm running late", row("sms", address="Alan Turing", body="I'm running late", type="2")
    ),
    Goal(
        "Send a message to Barbara Liskov saying 'Substitution works'",
        row("sms", address="Barbara Liskov", body="Substitution works", type="2"),
    ),
    Goal(
        "Reply to Emmy Noether: «Indeed it does»", row("sms", address="Emmy Noether", body="Indeed it does", type="2")
    ),
    Goal("Read the last message from Emmy Noether", says("Every symmetry keeps something")),
    Goal("What did the Parcel Post write?", says("parcel 4711 arrives on Friday")),
    Goal("what was the last thing Grace Hopper wrote to me?", says("See you at the harbour at noon")),
    Goal("what did Alan Turing write", says("The library closes at six today")),
    Goal("Delete the conversation with Parcel Post", no_row("sms", address="Parcel Post")),
    Goal("message +49 170 5550000 'hello there'", row("sms", address="+49 170 5550000", body="hello there")),
    Goal("When does my parcel arrive?", says("Friday")),
    Goal(
        "Open my chat with Alan Turing and write 'See you there'",
        row("sms", address="Alan Turing", body="See you there", type="2"),
    ),
    Goal(
        'Start a new conversation with Hedy Lamarr and send "frequency hopping rocks"',
        row("sms", address="Hedy Lamarr", body="frequency hopping rocks"),
    ),
    Goal(
        "Add a contact Max Born 555 0155 and send him 'hello'",
        every(row("contacts", first="Max", last="Born"), row("sms", address="Max Born", body="hello", type="2")),
    ),
    Goal(
        "write Radia Perlman: I think that I shall never see",
        row("sms", address="Radia Perlman", body="I think that I shall never see", type="2"),
    ),
    Goal("Tell Donald Knuth happy birthday by SMS", row("sms", address="Donald Knuth", type="2")),
    Goal("Open the messages from Grace Hopper", shows("Grace Hopper", "Did the moth come out of the relay?")),
    Goal("Show me Grace Hopper's contact", shows("+1 202 555 0106", "grace@navy.example")),
)
