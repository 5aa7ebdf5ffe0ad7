"""The API's own description, and a page to read it with; both load nothing from elsewhere."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

schema = SpectacularAPIView.as_view()
browse = SpectacularSwaggerSplitView.as_view(url_name="api-schema")
