// Joins the passkey buttons with allauth's script, which asks the browser; they are shown only where it can answer.
const ids = {
  add: "passkey-go",
  authenticate: "passkey-go",
  login: "passkey-go",
  credential: "id_credential",
  passwordless: "id_passwordless",
  data: "passkey-data",
};

const area = document.querySelector("[data-passkey]");
if (area && window.webauthnJSON.supported()) {
  area.hidden = false;
  window.allauth.webauthn.forms[area.dataset.passkey]({ ids });
}

// Somebody changed their mind, took too long, or the device has nothing for us: all the same to the browser.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-passkey-wrong]").hidden = false;
});
document.getElementById("passkey-go")?.addEventListener("click", () => {
  document.querySelector("[data-passkey-wrong]").hidden = true;
});
