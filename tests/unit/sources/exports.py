"""Exports of contacts as three vendors lay them out; the people are invented."""

import csv
from pathlib import Path

SALESFORCE = (
    *("Id", "IsDeleted", "MasterRecordId", "AccountId", "LastName", "FirstName", "Salutation"),
    *("OtherStreet", "OtherCity", "OtherState", "OtherPostalCode", "OtherCountry"),
    *("OtherLatitude", "OtherLongitude", "OtherGeocodeAccuracy"),
    *("MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry"),
    *("MailingLatitude", "MailingLongitude", "MailingGeocodeAccuracy"),
    *("Phone", "Fax", "MobilePhone", "HomePhone", "OtherPhone", "AssistantPhone", "ReportsToId", "Email"),
    *("Title", "Department", "AssistantName", "LeadSource", "Birthdate", "Description", "OwnerId"),
    *("HasOptedOutOfEmail", "HasOptedOutOfFax", "DoNotCall"),
    *("CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp", "LastActivityDate"),
    *("LastCURequestDate", "LastCUUpdateDate", "EmailBouncedReason", "EmailBouncedDate", "Jigsaw", "JigsawContactId"),
)
HUBSPOT = (
    *("Record ID", "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number", "Contact owner"),
    *("Associated Company", "Lead Status", "Lifecycle Stage", "Street Address", "City", "State/Region", "Postal Code"),
    *("Country/Region", "Date of birth", "Preferred language", "Create Date", "Last Contacted", "Last Activity Date"),
)
ZENDESK = (
    *("id", "url", "name", "email", "created_at", "updated_at", "time_zone", "iana_time_zone", "phone"),
    *("shared_phone_number", "photo", "locale_id", "locale", "organization_id", "role", "verified", "external_id"),
    *("tags", "alias", "active", "shared", "shared_agent", "last_login_at", "two_factor_auth_enabled", "signature"),
    *("details", "notes", "role_type", "custom_role_id", "moderator", "ticket_restriction", "suspended"),
)
ZENDESK_BULK = (
    *("name", "email", "external_id", "details", "notes", "phone"),
    *("role", "restriction", "organization", "tags"),
)

LAYOUTS = {"salesforce": SALESFORCE, "hubspot": HUBSPOT, "zendesk": ZENDESK}
PEOPLE = {
    "salesforce": (
        {
            "Id": "0035g00000TiraiAA1",
            "IsDeleted": "0",
            "LastName": "Wulandari",
            "FirstName": "Sari",
            "MailingStreet": "Jl. Kenanga 12\nRT 03",
            "MailingCity": "Bandung",
            "MailingState": "Jawa Barat",
            "MailingPostalCode": "40115",
            "MobilePhone": "+62 809 1234 5647",
            "Phone": "(021) 555-1234",
            "Email": "sari@gading.example",
            "Birthdate": "1987-03-28",
            "CreatedDate": "2021-05-04 10:11:12",
            "LastActivityDate": "2026-09-30",
            "Description": "=HYPERLINK(0)",
        },
        {"Id": "0035g00000TiraiAA2", "LastName": "Budiarto", "CreatedDate": "2024-02-29T23:10:11.000Z"},
    ),
    "hubspot": (
        {
            "Record ID": "901",
            "First Name": "Zoë",
            "Last Name": "Sitompul",
            "Email": "zoe@gading.example",
            "Phone Number": "021 555 1234",
            "Mobile Phone Number": "080912345648",
            "Street Address": "Jl. Melati 5",
            "City": "Medan",
            "State/Region": "Sumatera Utara",
            "Date of birth": "1990-12-01",
            "Preferred language": "id",
            "Create Date": "2024-03-12 09:14",
            "Last Contacted": "2026-10-02 16:45",
        },
    ),
    "zendesk": (
        {
            "id": "361045678901",
            "name": "Putu Wirawan",
            "email": "putu@gading.example",
            "created_at": "2022-07-08T09:10:11Z",
            "phone": "+6280912345649",
            "locale": "id",
            "external_id": "C-5",
            "role": "end-user",
            "tags": "vip,bali",
        },
    ),
}


def write_export(folder: Path, vendor: str, encoding: str = "utf-8") -> Path:
    """An export of this vendor's contacts."""
    path = folder / f"{vendor}.csv"
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, LAYOUTS[vendor], restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(PEOPLE[vendor])
    return path
