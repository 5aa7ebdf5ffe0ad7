"""The floor's one page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tests.load.floor.models import Day


@login_required
def page(request: HttpRequest) -> HttpResponse:
    days = list(Day.objects.filter(user=request.user).order_by("-day")[:10])
    return render(request, "floor.html", {"days": days})


urlpatterns = [path("page/", page)]
