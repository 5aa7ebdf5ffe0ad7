// In the service worker: shows that something is there, and opens it. What came holds an id and no word.

self.addEventListener("push", (event) => {
  let id = "";
  try {
    id = event.data ? String(event.data.json().id || "") : "";
  } catch {
    id = "";
  }
  const known = /^[0-9a-f-]{36}$/.test(id) ? id : "";
  const words = self.pushWords || { title: "Waylight", body: "A minute for you?" };
  event.waitUntil(
    self.registration.showNotification(words.title, {
      body: words.body,
      tag: known || "message",
      data: { path: known ? `/you/messages/${known}/` : "/you/messages/" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const path = event.notification.data?.path || "/you/messages/";
      const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const open = windows.find((each) => "focus" in each);
      if (!open) return self.clients.openWindow(path);
      await open.focus();
      return open.navigate(path).catch(() => self.clients.openWindow(path));
    })(),
  );
});
