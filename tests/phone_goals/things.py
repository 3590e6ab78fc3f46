"""Notes, files, sums."""

from tests.phone_goals.goal import Goal, every, in_front, no_row, row, says, shows, typed

LIST = "Milk\nBread\nTomatoes\nCoffee"


GOALS = (
    Goal("Write a note: 'call the plumber'", row("notes", body="call the plumber")),
    Goal(
        "Create a new note with the title Packing and the text socks, hat, map",
        row("notes", title="Packing", body="socks, hat, map"),
    ),
    Goal(
        "make a note called Tea that says “Earl Grey & Darjeeling”",
        row("notes", title="Tea", body="Earl Grey & Darjeeling"),
    ),
    Goal("Take a note titled 'Größe' with 'Schuhgröße 43'", row("notes", title="Größe", body="Schuhgröße 43")),
    Goal("note: buy stamps", row("notes", body="buy stamps")),
    Goal("Add eggs to my shopping list", row("notes", title="Shopping list", body=f"{LIST}\neggs")),
    Goal(
        "append 'Middlemarch' to the note Books to read",
        lambda after: any(
            each["title"] == "Books to read" and each["body"].endswith("The Dispossessed\nMiddlemarch")
            for each in after.phone.rows("content://notes")
        ),
    ),
    Goal("Put butter on the shopping list", row("notes", title="Shopping list", body=f"{LIST}\nbutter")),
    Goal("Delete all notes", no_row("notes")),
    Goal(
        "delete the shopping list note",
        every(no_row("notes", title="Shopping list"), row("notes", title="Books to read")),
    ),
    Goal(
        "Get rid of my note about books",
        every(no_row("notes", title="Books to read"), row("notes", title="Shopping list")),
    ),
    Goal("What does the note about the meeting say?", says("Room 204")),
    Goal("Read me my shopping list", says("Tomatoes")),
    Goal("In which room is the meeting on Monday?", says("204")),
    Goal("Rename the note 'Books to read' to 'Library'", row("notes", title="Library")),
    Goal("Duplicate the shopping list note", row("notes", title="Shopping list (copy)", body=LIST)),
    Goal(
        "replace the text of the note Meeting on Monday with 'Cancelled'",
        row("notes", title="Meeting on Monday", body="Cancelled"),
    ),
    Goal("Change the title of the note 'Shopping list' to 'Groceries'", row("notes", title="Groceries", body=LIST)),
    Goal("Open the Notes app and search for 'books'", shows("Books to read")),
    Goal(
        "Create a note 'Ideas' with the body 'fly', then delete it",
        every(no_row("notes", title="Ideas"), row("notes", title="Shopping list"), typed("fly")),
    ),
    Goal(
        "Look up Alan Turing's number and write it in a note",
        lambda after: any(
            "+44 20 7946 0101" in each["body"] + each["title"] for each in after.phone.rows("content://notes")
        ),
    ),
    Goal("What's in the file packing.txt?", says("umbrella")),
    Goal(
        "Delete the file readme.txt in the Download folder",
        lambda after: (
            "/sdcard/Download/readme.txt" not in after.phone.files
            and "/sdcard/Documents/packing.txt" in after.phone.files
        ),
    ),
    Goal("Rename packing.txt to travel.txt", lambda after: "/sdcard/Documents/travel.txt" in after.phone.files),
    Goal(
        "Open Files and show me what's in Documents", every(in_front("com.android.documentsui"), shows("packing.txt"))
    ),
    Goal(
        "Remove packing.txt from my documents", lambda after: "/sdcard/Documents/packing.txt" not in after.phone.files
    ),
    Goal("Calculate 12 * 34", says("408")),
    Goal("What is 17 times 23?", says("391")),
    Goal("Use the calculator to work out 144 / 12", says("12")),
    Goal("how much is 15% of 80", says("12")),
    Goal("Open the calculator and type 7+8=", shows("15")),
    Goal("add up 19, 23 and 40 with the calculator", says("82")),
)
