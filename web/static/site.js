// Comforts for browsers that run scripts; every page works without them. Nothing here asks a network
// for anything, and nothing outlives the tab.
(function () {
  "use strict";

  // A word kept for this tab; a browser that forbids it just goes without.
  function kept(name, value) {
    try {
      if (value === undefined) return sessionStorage.getItem(name);
      sessionStorage.setItem(name, value);
    } catch (refused) { /* nothing is lost but a comfort */ }
    return null;
  }

  // Leave fast: the page is gone from the Back button and from sight while the next one loads.
  function leaveFast(link) {
    var presses = 0;
    var timer = 0;
    function go(event) {
      event.preventDefault();
      kept("left", "yes");
      window.location.replace(link.href);
      document.body.replaceChildren();
    }
    link.addEventListener("click", go);
    // Three Shifts, not Escape: Escape stops a page from loading (GOV.UK, Exit this page).
    document.addEventListener("keyup", function (event) {
      presses = event.key === "Shift" ? presses + 1 : 0;
      clearTimeout(timer);
      timer = setTimeout(function () { presses = 0; }, 3000);
      if (presses === 3) go(event);
    });
  }

  // A search is sent by POST and not kept, so a browser that comes Back to it asks "Confirm form
  // resubmission?", which is no question for a person in trouble. The search is tied to the tab's own
  // history entry instead and sent again from there; after "Leave this site" it is not.
  function comeBack() {
    var form = document.getElementById("again") || document.querySelector("form.search");
    var bare = !window.location.search || /^\?lang=[\w-]+$/.test(window.location.search);
    var here = history.state || {};
    if (form && form.dataset.sent && bare) {
      tie(new URLSearchParams(new FormData(form)).toString());
    } else if (here.asked && kept("left") !== "yes") {
      kept("height", String(here.height || 0));
      sendAgain(here.asked);
    }
  }

  function tie(asked) {
    function remember() {
      history.replaceState({ asked: asked, height: window.scrollY }, "", window.location.pathname);
    }
    window.scrollTo(0, Number(kept("height")) || window.scrollY);
    kept("height", "");
    kept("left", "");
    remember();
    window.addEventListener("pagehide", remember);
  }

  function sendAgain(asked) {
    var form = document.createElement("form");
    form.method = "post";
    form.action = window.location.pathname;
    new URLSearchParams(asked).forEach(function (value, name) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    });
    document.body.append(form);
    form.submit();
  }

  // Where am I: asked of the browser only when the person taps, and told to nobody but this form.
  function locate(button, near, said) {
    button.hidden = false;
    button.addEventListener("click", function () {
      said.textContent = button.dataset.wait;
      navigator.geolocation.getCurrentPosition(
        function (found) {
          // Three decimals are about a hundred yards: near enough to search, not a front door.
          near.value = found.coords.latitude.toFixed(3) + "," + found.coords.longitude.toFixed(3);
          said.textContent = button.dataset.done;
        },
        function () { said.textContent = button.dataset.failed; },
        { timeout: 10000, maximumAge: 60000 }
      );
    });
  }

  var leave = document.getElementById("leave");
  var button = document.getElementById("locate");
  if (leave) leaveFast(leave);
  if (button && "geolocation" in navigator && window.isSecureContext) {
    locate(button, document.getElementById("near"), document.getElementById("locate-said"));
  }
  comeBack();
})();
