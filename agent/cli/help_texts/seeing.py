"""What `--help` says of the commands that look and ask a model."""

ASK = """Ask a model QUESTION about pictures, PDF pages, videos, recordings, or a screen as it is now.

Examples:

screenhand ask "what does the error say?" screenshot.png --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand ask "what changed between these?" before.png after.png --endpoint http://localhost:8000/v1 --model NAME

screenhand ask "which totals differ?" offer.pdf invoice.pdf --pages 1-2 --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand ask "is anything still running?" --device desktop --model Qwen/Qwen2.5-VL-3B-Instruct

All that is shown shares --max-tokens: every picture and video has an equal part, and what is left over goes on.
The exit code is 0 for an answer, 2 for a file that cannot be looked at, 7 for a reply that is cut off.
"""

LOCATE = """Say where WHAT is, as JSON: points and boxes in pixels of the picture, upright as its EXIF says.

Examples:

screenhand locate "the save button" screenshot.png --model Qwen/Qwen2.5-VL-3B-Instruct --draw found.png

screenhand locate "the smallest icon" screenshot.png --zoom --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand locate "every tick box" --device desktop --points --endpoint http://localhost:8000/v1 --model NAME

A box is left, top, right, bottom; the last two are the first pixels outside. The exit code is 0 when something was
found, 1 when it is not there, 2 for a file that cannot be looked at, 7 for a reply that cannot be read.
"""

EXTRACT = """Read forms, invoices, tables or screens into one JSON value that is valid under a JSON Schema.

Examples:

screenhand extract --schema invoice.schema.json invoice.pdf --model Qwen/Qwen2.5-VL-3B-Instruct > invoice.json

screenhand extract --schema form.json page1.png page2.png --endpoint http://localhost:8000/v1 --model NAME

A reply that is not valid is asked for again, once, with what is wrong about it. The exit code is 0 for a valid value, 2
for a file or a schema that cannot be used, 7 when nothing valid came. A schema's references are never fetched.
"""

WHEN = """Say when EVENT happens in a video or a recording: start and end, and for a recording the steps.

Examples:

screenhand when "the error dialog appears" screen.mp4 --model Qwen/Qwen2.5-VL-3B-Instruct

screenhand when "the file dialog is open" recordings/2026-01-31T09-05-59-open-the-text-editor --json --model NAME

Frames are spread evenly over the whole video: --fps a second, fewer where --max-tokens cannot pay for them; where they
lie far apart, what is found is looked at again more closely. The exit code is 0 when it happens, 1 when it does not.
"""

CALIBRATE = """Find out in which numbers a model points, and keep it for later runs.

Examples:

screenhand calibrate --endpoint http://localhost:8000/v1 --model NAME

screenhand calibrate --model Qwen/Qwen2.5-VL-3B-Instruct

It is shown two pictures with eight coloured crosses each, and asked where they are. The answers tell pixels of the
picture sent, of what the server made of it, and fractions from each other. The exit code is 1 for a model that cannot
point well enough: nothing is kept then.
"""
