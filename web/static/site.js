// Comforts for browsers that run scripts; every page works without them. Nothing here tells anyone but
// this site anything, and nothing outlives the tab.
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

  // The answer is written into this same page. A form that is sent from here would do only if it went off
  // before the page has loaded; a moment later it adds a step to the history, and Back leads nowhere.
  function sendAgain(asked) {
    fetch(window.location.pathname, { method: "POST", body: new URLSearchParams(asked) })
      .then(function (answer) { return answer.text(); })
      .then(function (page) {
        document.open();
        document.write(page);
        document.close();
      })
      .catch(function () { /* no net: the page of the bare address stands, with its form */ });
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

  // Completes a search: needs from a list of phrases that comes once, when the field is first used;
  // names of places by asking this site, where the words will go anyway, in the body of a request. The
  // list is the browser's own, with its keys and its words for screen readers.
  function complete(field) {
    var offered = document.createElement("datalist");
    offered.id = field.id + "-phrases";
    field.after(offered);
    field.setAttribute("list", offered.id);
    field.addEventListener("focus", function () {
      var script = document.createElement("script");
      script.src = field.dataset.phrases;
      script.onload = function () { offer(field, offered); };
      document.head.append(script);
    }, { once: true });
    var timer = 0;
    field.addEventListener("input", function () {
      offer(field, offered);
      clearTimeout(timer);
      if (field.value.trim().length > 2) timer = setTimeout(function () { name(field, offered); }, 250);
    });
  }

  // Adds the names that begin so, if the field still holds what was asked about.
  function name(field, offered) {
    var typed = field.value;
    fetch(field.dataset.names, { method: "POST", body: new URLSearchParams({ q: typed }) })
      .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
      .then(function (told) {
        if (field.value !== typed) return;
        told.suggestions.forEach(function (each) {
          if (each.kind === "name" && offered.children.length < 8) offered.append(new Option("", each.text));
        });
      })
      .catch(function () { /* the field works without */ });
  }

  function folded(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").trim();
  }

  // Phrases with a word that begins as typed; those that begin so themselves first.
  function offer(field, offered) {
    var typed = folded(field.value);
    var first = [];
    var later = [];
    (typed && window.openwayPhrases || []).forEach(function (pair) {
      pair[1].forEach(function (phrase) {
        var at = (" " + folded(phrase)).indexOf(" " + typed);
        if (at < 0 || folded(phrase) === typed) return;
        (at ? later : first).push(new Option(pair[0], phrase));
      });
    });
    offered.replaceChildren.apply(offered, first.concat(later).slice(0, 8));
  }

  // Where there is room, what narrows a list stands open.
  function unfold(choices) {
    if (choices && window.matchMedia("(min-width: 48rem)").matches) choices.open = true;
  }

  var leave = document.getElementById("leave");
  var words = document.getElementById("q");
  var button = document.getElementById("locate");
  if (leave) leaveFast(leave);
  if (button && "geolocation" in navigator && window.isSecureContext) {
    locate(button, document.getElementById("near"), document.getElementById("locate-said"));
  }
  if (words) complete(words);
  unfold(document.querySelector(".narrower"));
  comeBack();
})();
