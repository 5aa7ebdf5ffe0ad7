// Notifications on this device: asks the browser, and hands what it answers to the form that keeps it.
// Without a script, without a service worker or without a push service the page says so and offers the other ways.

const form = document.querySelector("[data-push]");
const say = (name) => {
  for (const each of form.querySelectorAll("[data-push-says]")) each.hidden = each.dataset.pushSays !== name;
};

const bytes = (key) => {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(key.length / 4) * 4, "="));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
};

const subscribe = async () => {
  if ((await Notification.requestPermission()) !== "granted") return say("denied");
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(form.dataset.push),
  });
  const { endpoint, keys } = subscription.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.submit();
  return undefined;
};

if (form) {
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  navigator.serviceWorker?.getRegistration().then((registration) => {
    if (!can || !registration) return say("cannot");
    say("ready");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      subscribe().catch(() => say("refused"));
    });
    return undefined;
  });
}
