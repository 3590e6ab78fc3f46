"""The pages that the phone's browser knows; there is no network behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    address: str


Page = tuple[Heading | Paragraph | Link, ...]
HOME = "https://start.example/"
LIGHTHOUSES = "https://encyclopedia.example/lighthouses"
FRESNEL = "https://encyclopedia.example/fresnel-lens"
WEATHER = "https://weather.example/"
FERRY = "https://ferry.example/timetable"

PAGES: dict[str, Page] = {
    HOME: (
        Heading("Start page", large=True),
        Paragraph("Pages that can be read on this phone:"),
        Link("Lighthouses - Encyclopedia", LIGHTHOUSES),
        Link("Weather at the harbour", WEATHER),
        Link("Ferry timetable", FERRY),
    ),
    LIGHTHOUSES: (
        Heading("Lighthouses", large=True),
        Paragraph("A lighthouse is a tower with a lamp and lenses that serves as a beacon for those who find their "
                  "way at sea. It marks dangerous coasts, shoals and reefs, and safe ways into a harbour."),
        Heading("History"),
        Paragraph("Before there were harbours, sailors were guided by fires on hilltops. Putting the fire on a "
                  "platform made it seen from farther away, and so the tower was born. The best known of antiquity "
                  "stood on the island of Pharos before Alexandria; it was about a hundred metres high."),
        Paragraph("The modern age of lighthouses began when trade across the Atlantic grew. John Smeaton rebuilt the "
                  "Eddystone tower in 1759 with dovetailed blocks of granite, shaped like the trunk of an oak."),
        Heading("Light"),
        Paragraph("The first lamps burned wood and coal, then oil with the smokeless flame that Aimé Argand patented "
                  "in 1780. Acetylene came around 1900; Gustaf Dalén's sun valve lit it at dusk and put it out at "
                  "dawn, and made it possible to leave a lighthouse alone for a year."),
        Link("The Fresnel lens", FRESNEL),
        Paragraph("Each lighthouse has a rhythm of its own, by which it is told from its neighbours at night: its "
                  "characteristic. By day it is told by the colours of its tower: its daymark."),
        Heading("Keepers"),
        Paragraph("Keepers trimmed the wicks, wound the clockwork, cleaned the lenses and kept a log. In fog they rang "
                  "the bell or fired a gun. Many kept a garden, and some a cow."),
        Paragraph("Grace Darling, daughter of the keeper at Longstone, rowed out in a storm in 1838 with her father "
                  "and saved nine people from the wreck of the Forfarshire."),
        Heading("Building"),
        Paragraph("On land the tower needs height; at sea it needs weight. Towers on rocks were built in summer, at "
                  "low tide, sometimes for an hour a day. Screw piles made it possible to stand in mud and sand."),
        Paragraph("The height of the lamp decides how far it can be seen: the earth is round. At forty metres it is "
                  "seen from about twenty-three kilometres away by an eye at the level of the sea."),
        Heading("Today"),
        Paragraph("Satellites have made most lighthouses unnecessary for large ships. Many are automatic; some are "
                  "museums, some are hotels. About 18,000 still lit."),
        Heading("See also"),
        Link("Ferry timetable", FERRY),
        Link("Weather at the harbour", WEATHER),
        Link("Back to the start page", HOME),
    ),
    FRESNEL: (
        Heading("Fresnel lens", large=True),
        Paragraph("A Fresnel lens does the work of a thick lens with rings of prisms, and so needs far less glass. "
                  "Augustin-Jean Fresnel designed it in 1822 for the lighthouse of Cordouan."),
        Paragraph("Lenses come in orders by the distance from the flame to the glass: the first, 920 millimetres, for "
                  "the great lights of the coast; the sixth, 150 millimetres, for a pier."),
        Link("Lighthouses", LIGHTHOUSES),
    ),
    WEATHER: (
        Heading("Weather at the harbour", large=True),
        Heading("Today"),
        Paragraph("Sunny, 21 °C, wind from the west, 3 Beaufort. Water 17 °C."),
        Heading("Tomorrow"),
        Paragraph("Rain from noon, 16 °C, wind from the north-west, 6 Beaufort."),
        Link("Ferry timetable", FERRY),
    ),
    FERRY: (
        Heading("Ferry timetable", large=True),
        Paragraph("From the harbour to the island: 7:15, 9:45, 12:30, 15:00, 18:20."),
        Paragraph("From the island to the harbour: 8:30, 11:00, 13:45, 16:30, 19:40."),
        Paragraph("The crossing takes 50 minutes. A ticket costs 8.50 euros, a bicycle 3 euros."),
        Link("Back to the start page", HOME),
    ),
}  # fmt: skip
ADDRESSES = {address.rstrip("/"): address for address in PAGES} | {
    address.rstrip("/").removeprefix("https://"): address for address in PAGES
}
