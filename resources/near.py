"""What is near a place that somebody typed. Places are known from the directory itself."""

from dataclasses import dataclass
from math import cos, radians

from django.db.models import Avg, Count, F, FloatField, Q, Value
from django.db.models.functions import ASin, Cast, Cos, Least, Power, Radians, Sin, Sqrt

from resources.models import Listing, ListingQuerySet, Place

EARTH_KM = 6_371.0088
RADII_KM = (2, 5, 10, 25, 50, 100)
KM_A_DEGREE = 111.19


@dataclass(frozen=True)
class Spot:
    """A place as somebody typed it, and where that is."""

    name: str
    latitude: float
    longitude: float


def find_spot(typed: str, country: str = "") -> Spot | None:
    """Return where a town or a postcode is: the middle of the entries there, or None where we have none.

    Of several towns of that name it is the one with most entries; “Springfield, OH” says which.
    """
    town, _comma, region = (" ".join(part.split())[:100] for part in typed.partition(","))
    if not town:
        return None
    places = Place.objects.filter(precision=Place.Precision.EXACT, latitude__isnull=False)
    places = places.filter(Q(postal_code__iexact=town) | Q(city__iexact=town))
    if country:
        places = places.filter(country=country)
    if region:
        places = places.filter(Q(region__iexact=region) | Q(country__iexact=region))
    found = (
        places.values("country", "region")
        .annotate(count=Count("pk"), lat=Avg("latitude"), lng=Avg("longitude"))
        .order_by("-count", "country", "region")
        .first()
    )
    return Spot(f"{town}, {region}" if region else town, float(found["lat"]), float(found["lng"])) if found else None


def near(listings: ListingQuerySet, spot: Spot, km: float) -> ListingQuerySet:
    """Keep what one can go to within a distance, the nearest first, with its `km` on each.

    What meets on a screen only, and what we do not know the door of, is near nothing.
    """
    high = km / KM_A_DEGREE
    wide = min(180.0, high / max(0.01, cos(radians(min(89.0, abs(spot.latitude) + high)))))
    west, east = spot.longitude - wide, spot.longitude + wide
    around = Q(place__longitude__range=(west, east))
    if west < -180:
        around |= Q(place__longitude__gte=west + 360)
    if east > 180:
        around |= Q(place__longitude__lte=east - 360)
    box = Q(place__latitude__range=(spot.latitude - high, spot.latitude + high)) & around
    there = [Listing.Venue.IN_PERSON, Listing.Venue.HYBRID]
    found = listings.filter(box, place__precision=Place.Precision.EXACT, venue__in=there)
    return found.annotate(km=_distance(spot)).filter(km__lte=km).order_by("km", "rank")


def _distance(spot: Spot) -> ASin:
    lat, lng = (Radians(Cast(F(f"place__{part}"), FloatField())) for part in ("latitude", "longitude"))
    here = Radians(Value(spot.latitude, FloatField()))
    half = Power(Sin((lat - here) / 2.0), 2.0) + Cos(lat) * Cos(here) * Power(
        Sin((lng - Radians(Value(spot.longitude, FloatField()))) / 2.0), 2.0
    )
    return ASin(Least(Value(1.0), Sqrt(half)), output_field=FloatField()) * Value(2 * EARTH_KM)  # type: ignore[return-value]  # an expression
