"""The usual Python stack: Pydantic validates every person, pandas flattens, pyarrow writes six tables.

python pandas_pydantic.py PAGES OUT
"""

import glob
import os
import sys
from datetime import datetime
from typing import Literal, Optional, Union
from uuid import UUID

import pandas as pd
from pydantic import BaseModel, Field, TypeAdapter


class Name(BaseModel):
    title: str
    first: str
    last: str


class Street(BaseModel):
    number: int
    name: str


class Coordinates(BaseModel):
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Timezone(BaseModel):
    offset: str = Field(pattern=r"^[+-]?\d{1,2}:\d{2}$")
    description: str


class Location(BaseModel):
    street: Street
    city: str
    state: str
    country: str
    postcode: Union[str, int]
    coordinates: Coordinates
    timezone: Timezone


class Login(BaseModel):
    uuid: UUID
    username: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Moment(BaseModel):
    date: datetime
    age: int


class Id(BaseModel):
    name: Optional[str]
    value: Optional[str]


class Picture(BaseModel):
    large: str
    medium: str
    thumbnail: str


class User(BaseModel):
    gender: Literal["male", "female"]
    name: Name
    location: Location
    email: str
    login: Login
    dob: Moment
    registered: Moment
    phone: str
    cell: str
    id: Id
    picture: Picture
    nat: str = Field(min_length=2, max_length=2)


class Page(BaseModel):
    results: list[User]


USERS = [
    "login_uuid", "gender", "name_title", "name_first", "name_last", "email", "phone", "cell",
    "dob_date", "registered_date", "location_street_number", "location_street_name",
    "location_city", "location_state", "location_postcode", "location_coordinates_latitude",
    "location_coordinates_longitude", "timezone_id", "nat",
]

source, out = sys.argv[1:]
os.makedirs(out, exist_ok=True)
adapter = TypeAdapter(Page)
rows = []
for path in sorted(glob.glob(source + "/*.json")):
    with open(path, "rb") as file:
        page = adapter.validate_json(file.read())
    rows.extend(user.model_dump() for user in page.results)
people = pd.json_normalize(rows, sep="_")
people["login_uuid"] = people["login_uuid"].astype(str)
people["location_postcode"] = people["location_postcode"].astype(str)
zone = ["location_timezone_offset", "location_timezone_description"]
timezones = people[zone].drop_duplicates().reset_index(drop=True)
timezones["timezone_id"] = timezones.index + 1
people = people.merge(timezones, on=zone)
TABLES = {
    "users": people[USERS],
    "logins": people[["login_uuid", "login_username", "login_sha256"]],
    "media": people[["login_uuid", "picture_large", "picture_medium", "picture_thumbnail"]],
    "altids": people[["login_uuid", "id_name", "id_value"]],
    "timezones": timezones,
    "countries": people[["nat", "location_country"]].drop_duplicates(),
}
for name, table in TABLES.items():
    table.to_parquet(f"{out}/{name}.parquet", index=False)
print(len(people))
