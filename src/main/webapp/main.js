"use strict";

const who = document.getElementById("who");

function show(sentence, signedIn) {
  who.textContent = sentence;
  document.getElementById("sign-in").hidden = signedIn;
  document.getElementById("sign-out").hidden = !signedIn;
}

async function ask() {
  // the header says that no password dialog is wanted
  const answer = await fetch("api/v1/me", { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (answer.ok) {
    const me = await answer.json();
    show(`Signed in as ${me.name} (${me.roles.join(", ") || "no role"}).`, true);
  } else if (answer.status === 401) {
    show(
      location.search === "?signed-out"
        ? "Signed out here. If you signed in at your company's sign-on, that goes on."
        : "Not signed in.",
      false
    );
  } else {
    show("Portcullis can't say who has signed in; try again later.", false);
  }
}

ask().catch(() => show("Portcullis can't be reached; try again later.", false));
