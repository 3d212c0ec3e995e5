(function () {
"use strict";
var doc = document, root = doc.body, tip = doc.getElementById("tip"), timer = 0, shown = null;
function all(what, where) { return Array.prototype.slice.call((where || doc).querySelectorAll(what)); }
function show(el) {
  clearTimeout(timer);
  if (shown && shown !== el) { shown.removeAttribute("aria-describedby"); }
  shown = el;
  tip.textContent = el.getAttribute("data-t");
  tip.hidden = false;
  el.setAttribute("aria-describedby", "tip");
  var box = el.getClientRects()[0] || el.getBoundingClientRect(), w = tip.offsetWidth, h = tip.offsetHeight;
  var width = doc.documentElement.clientWidth;
  var below = box.bottom + 8 + h < window.innerHeight || box.top < h + 8;
  tip.style.left = (Math.max(8, Math.min(box.left, width - w - 8)) + window.scrollX) + "px";
  tip.style.top = ((below ? box.bottom + 6 : box.top - h - 6) + window.scrollY) + "px";
}
function hide() {
  clearTimeout(timer);
  tip.hidden = true;
  if (shown) { shown.removeAttribute("aria-describedby"); shown = null; }
}
function later() { clearTimeout(timer); timer = setTimeout(hide, 250); }
function marked(target) {
  var el = target.closest ? target.closest("mark[data-t], .v.direct[data-t], .v.indirect[data-t]") : null;
  return el && !el.classList.contains("gone") ? el : null;
}
all(".pane").forEach(function (pane) {
  pane.addEventListener("mouseover", function (ev) { var el = marked(ev.target); if (el) { show(el); } });
  pane.addEventListener("mouseout", later);
  pane.addEventListener("focusin", function (ev) { if (ev.target !== pane) { var el = marked(ev.target); if (el) { show(el); } } });
  pane.addEventListener("focusout", later);
  pane.addEventListener("scroll", later);
  pane.addEventListener("click", function (ev) {
    var el = ev.target.closest(".al");
    if (!el || root.classList.contains("no-aligned") || String(window.getSelection())) { return; }
    pair(el.getAttribute("data-p").split(" "), pane);
  });
});
tip.addEventListener("mouseenter", function () { clearTimeout(timer); });
tip.addEventListener("mouseleave", later);
doc.addEventListener("keydown", function (ev) { if (ev.key === "Escape") { hide(); } });

function pair(numbers, stay) {
  all(".al.hit").forEach(function (el) { el.classList.remove("hit"); });
  var done = [];
  numbers.forEach(function (n) {
    all('.al[data-p~="' + n + '"]').forEach(function (el) {
      var pane = el.closest(".pane");
      el.classList.add("hit");
      if (pane === stay || done.indexOf(pane) >= 0) { return; }
      done.push(pane);
      pane.scrollTop += el.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    });
  });
}
all("button.go").forEach(function (button) {
  button.hidden = false;
  button.addEventListener("click", function () {
    var n = button.getAttribute("data-p");
    var place = doc.getElementById("articles");
    place.scrollIntoView();
    pair([n], null);
    var el = doc.querySelector('.al[data-p~="' + n + '"]');
    if (el) { el.closest(".pane").focus({preventScroll: true}); }
  });
});

var boxes = all("#shown input");
function refresh() {
  var off = {}, own = false;
  boxes.forEach(function (box) {
    var name = box.value;
    if (name === "voices" || name === "aligned") { root.classList.toggle("no-" + name, !box.checked); }
    else if (name === "own") { own = box.checked; }
    else { off[name] = !box.checked; }
  });
  all("mark.d").forEach(function (el) {
    var gone = off[el.classList[1]] || (own && el.classList.contains("src"));
    el.classList.toggle("gone", gone);
    if (el.id) { el.tabIndex = gone ? -1 : 0; }
  });
  var n = 0;
  all("#marks tbody tr").forEach(function (tr) {
    tr.hidden = off[tr.getAttribute("data-d")] || (own && tr.hasAttribute("data-src"));
    n += tr.hidden ? 0 : 1;
  });
  var count = doc.getElementById("count");
  if (count) { count.textContent = n + " marks shown."; }
}
boxes.forEach(function (box) { box.addEventListener("change", refresh); });
doc.getElementById("shown").hidden = false;
refresh();
})();
