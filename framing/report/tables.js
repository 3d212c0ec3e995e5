(function () {
"use strict";
function all(what, where) { return Array.prototype.slice.call((where || document).querySelectorAll(what)); }
all("table.sortable").forEach(function (table) {
  all("thead th", table).forEach(function (th, column) {
    th.querySelector("button").addEventListener("click", function () {
      var up = th.getAttribute("aria-sort") !== "ascending", body = table.tBodies[0];
      all("thead th", table).forEach(function (other) { other.setAttribute("aria-sort", "none"); });
      th.setAttribute("aria-sort", up ? "ascending" : "descending");
      var rows = Array.prototype.slice.call(body.rows).map(function (tr, i) {
        var cell = tr.cells[column], v = cell.getAttribute("data-v");
        return [v === null ? cell.textContent : parseFloat(v), i, tr];
      });
      rows.sort(function (a, b) {
        var c = typeof a[0] === "number" && typeof b[0] === "number" ? a[0] - b[0] : String(a[0]).localeCompare(String(b[0]));
        return (up ? c : -c) || a[1] - b[1];
      });
      rows.forEach(function (row) { body.appendChild(row[2]); });
    });
  });
});

// A field above a table keeps the rows that hold every word typed.
all("input[data-table]").forEach(function (box) {
  var table = document.getElementById(box.getAttribute("data-table"));
  var count = document.getElementById(box.getAttribute("data-count"));
  box.closest("p").hidden = false;
  box.addEventListener("input", function () {
    var words = box.value.toLowerCase().split(/\s+/), n = 0;
    all("tbody tr", table).forEach(function (tr) {
      var text = tr.textContent.toLowerCase();
      tr.hidden = !words.every(function (w) { return text.indexOf(w) >= 0; });
      n += tr.hidden ? 0 : 1;
    });
    count.textContent = n + " shown";
  });
});
})();
