"""Two stories to look around with, each labelled as made up: one that is read, one that waits for Erin."""

from datetime import datetime, timedelta

from accounts.models import User
from resources import telling

MADE_UP = "This story is made up, to show what one looks like here."
READ = (
    "For a long time I thought that medication would be trading one thing for another. My doctor asked me what I"
    " wanted my mornings to be like, and we went from there. I take it, I go to work, I sleep.\n\n"
    "What helped most was a nurse who never looked surprised. What is still hard is Sundays, so I cook on Sundays,"
    " and somebody usually comes by."
)
WAITING = (
    "I went to my first meeting because it rained and the door was open. Nobody asked me to talk. I came back for the"
    " coffee, and then for the people.\n\nSome weeks I only sit there. That counts too. My sister calls it my second"
    " kitchen, and she is right about that."
)


def tell_stories(slug: str, user: User, now: datetime) -> None:
    """Offer what this person tells; Erin has read Nia's."""
    if slug == "nia":
        told = now - timedelta(days=20)
        story = telling.offer_story(
            person=user,
            pseudonym="Fern (demo)",
            title="Sundays, and the other days",
            body=f"{MADE_UP}\n\n{READ}",
            stage="long-term-recovery",
            pathways=["medication", "counseling"],
            now=told,
        )
        erin = User.objects.get(email="erin@example.org")
        telling.publish_story(
            story=story, by=erin, notes=story.notes, read_at=story.changed_at, now=told + timedelta(days=1)
        )
    if slug == "alice":
        telling.offer_story(
            person=user,
            pseudonym="Heron (demo)",
            title="The door was open",
            body=f"{MADE_UP}\n\n{WAITING}",
            stage="early-sobriety",
            pathways=["meetings"],
            now=now - timedelta(days=1),
        )
