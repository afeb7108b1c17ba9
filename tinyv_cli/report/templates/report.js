"use strict";
// Lets the reader search, filter and sort the false negatives. Without it they are all there, to be read.
const table = document.getElementById("examples");
const form = document.getElementById("filters");
const count = document.getElementById("count");
const examples = [...table.tBodies];
const texts = new Map(examples.map((example) => [example, example.textContent.toLowerCase()]));
const inWords = new Intl.Collator("en", { numeric: true });

function fits(example) {
  const { search, ...chosen } = Object.fromEntries(new FormData(form));
  const words = search.toLowerCase().split(/\s+/);
  return Object.entries(chosen).every(([name, value]) => value === "any" || example.dataset[name] === value.slice(1))
    && words.every((word) => texts.get(example).includes(word));
}

function filter() {
  for (const example of examples) example.hidden = !fits(example);
  const shown = examples.filter((example) => !example.hidden);
  count.textContent = `${shown.length} of ${examples.length} shown`;
}

function value(example, header) {
  const name = header.dataset.sort;
  return name in example.dataset ? example.dataset[name] : example.querySelector(`[data-label=${name}]`).textContent;
}

function sort(header) {
  const numbers = header.dataset.sort === "sure";
  // The surest first, and words from a to z; the other way round on the next press.
  const first = numbers ? "descending" : "ascending";
  const second = numbers ? "ascending" : "descending";
  const order = header.ariaSort === first ? second : first;
  const sign = order === "ascending" ? 1 : -1;
  const compare = numbers ? (a, b) => a - b : inWords.compare;
  examples.sort((a, b) => sign * compare(value(a, header), value(b, header)));
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  header.ariaSort = order;
  table.append(...examples);
}

function reveal() {
  const example = document.getElementById(location.hash.slice(1));
  if (!texts.has(example)) return;
  if (example.hidden) {
    form.reset();
    filter();
  }
  example.querySelector("details").open = true;
  example.scrollIntoView();
}

for (const header of table.tHead.querySelectorAll("[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...header.childNodes);
  button.addEventListener("click", () => sort(header));
  header.append(button);
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
addEventListener("hashchange", reveal);
form.hidden = false;
filter();
reveal();
