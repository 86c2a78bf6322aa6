// The shop: a list with filters, one product, a basket drawer and a checkout form.
import { photograph } from "/studio.js";

const glazes = {
  blue: { glaze: ["#dfe9ee", "#7fa9c4", "#2f5f8a", "#1f4468"], foot: "#c9a27e", dot: "#3d6f99", label: "Blue" },
  green: { glaze: ["#e9ecd9", "#a9b98a", "#63774f", "#465a3b"], foot: "#b58b63", dot: "#6f8459", label: "Green" },
  sand: { glaze: ["#fbf4e6", "#efdcbd", "#d9b98c", "#c59d6b"], foot: "#8a5d3d", dot: "#dcbf95", label: "Sand" },
  rust: { glaze: ["#f2d3b6", "#d98b58", "#a94f2c", "#6f2f1c"], foot: "#4a3025", dot: "#b5552f", label: "Rust" },
};
const products = [
  ["Fjord", "bottle", "blue", 44, "Vases"],
  ["Moss", "belly", "green", 58, "Vases"],
  ["Dune", "bowl", "sand", 36, "Bowls"],
  ["Ember", "cylinder", "rust", 62, "Vases"],
  ["Skerry", "belly", "blue", 72, "Vases"],
  ["Morning", "cup", "sand", 24, "Cups"],
  ["Fern", "bowl", "green", 39, "Bowls"],
  ["Harbour", "cylinder", "blue", 55, "Vases"],
].map(([name, shape, color, price, kind], index) => ({
  name,
  shape,
  color,
  price,
  kind,
  backdrop: ["#ece4d8", "#e3ded2", "#efe7dc", "#e5dccf"][index % 4],
}));

const $ = (id) => document.getElementById(id);
const euros = (amount) => `${amount.toFixed(2)} €`;
const state = { kind: "All", color: "", basket: 0, amount: 1, photo: 0 };
for (const product of products) product.photo = photograph({ ...product, ...glazes[product.color] });
const fjord = products[0];
const gallery = [
  fjord.photo,
  photograph({ ...fjord, ...glazes.blue }, { angle: 0.5, close: true }),
  photograph({ ...fjord, ...glazes.blue, backdrop: "#cfd9dc" }, { angle: -0.4 }),
];
const hero = photograph({ shape: "belly", ...glazes.rust, backdrop: "#b98f6a" }, { size: 900, angle: 0.2 });

function list() {
  const shown = products.filter(
    (product) =>
      (state.kind === "All" || product.kind === state.kind) && (!state.color || product.color === state.color),
  );
  $("view").innerHTML = `
    <section class="hero"><div><h1>Thrown by hand,<br>fired by wood</h1><p>Small batches from our studio at the river. Every piece is a little different, and that is the point.</p><button class="main">See the spring firing</button></div><img src="${hero}" alt=""></section>
    <section id="products"><h2 style="font-size: 32px">The spring firing</h2>
      <div class="bar">${["All", "Vases", "Bowls", "Cups"].map((kind) => `<button data-kind="${kind}" class="${kind === state.kind ? "on" : ""}">${kind}</button>`).join("")}<span style="flex: 1"></span>${Object.entries(
        glazes,
      )
        .map(
          ([color, { dot, label }]) =>
            `<button class="dot ${color === state.color ? "on" : ""}" data-color="${color}" aria-label="${label}" style="background: ${dot}"></button>`,
        )
        .join("")}</div>
      <div class="grid">${shown.map((product) => `<div class="card" data-open="${product.name}"><img src="${product.photo}" alt=""><h3>${product.name}</h3><p>${product.kind.slice(0, -1)} · ${euros(product.price)}</p></div>`).join("")}</div></section>`;
}

function product() {
  $("view").innerHTML =
    `<section class="product"><div><img src="${gallery[state.photo]}" alt=""><div class="thumbs">${gallery.map((photo, index) => `<button data-photo="${index}" class="${index === state.photo ? "on" : ""}"><img src="${photo}" alt=""></button>`).join("")}</div></div>
    <div><p style="color: var(--soft)">Vases / Blue</p><h1>Fjord</h1><p class="price">${euros(44)}</p><p>A tall bottle in three blues that run into one another. Stoneware, watertight, 28 cm high. The foot is left bare, so that you feel the clay.</p>
    <p><span class="amount"><button aria-label="One less">−</button><b>${state.amount}</b><button aria-label="One more">+</button></span><button class="main" data-add>Add to basket</button></p>
    <p style="color: var(--soft); margin-top: 28px">Sent within three days · Free returns for thirty days</p></div></section>`;
  scrollTo(0, 0);
}

const sums = () =>
  `<div class="sum"><span>Fjord × ${state.basket}</span><span>${euros(44 * state.basket)}</span></div><div class="sum"><span>Shipping</span><span>${euros(10)}</span></div><div class="sum all"><span>Together</span><span>${euros(44 * state.basket + 10)}</span></div>`;

function drawer() {
  $("drawer").innerHTML =
    `<h2>Your basket</h2><div class="line"><img src="${fjord.photo}" alt=""><div><b>Fjord</b><br><span style="color: var(--soft)">${state.basket} pieces, blue</span></div></div><div style="flex: 1"></div>${sums()}<button class="main" data-checkout style="margin-top: 18px">Check out</button>`;
}

function checkout() {
  $("view").innerHTML =
    `<section class="checkout"><div><h1 style="font-size: 36px">Where shall it go?</h1><label for="name">Name</label><input id="name"><label for="street">Street and number</label><input id="street"><label for="city">Town</label><input id="city"><label for="note">A note for the driver</label><input id="note" placeholder="Optional"></div><div class="box"><h2 style="margin-bottom: 12px">Your order</h2>${sums()}<button class="main" style="width: 100%; margin-top: 18px">Go to payment</button></div></section>`;
  scrollTo(0, 0);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("button, .card");
  if (!target) return;
  const { kind, color, open, photo, add, checkout: pay } = target.dataset;
  const place = scrollY;
  if (kind) state.kind = kind;
  if (color) state.color = color;
  if (kind || color) {
    list();
    scrollTo(0, place);
  }
  if (open) product();
  if (photo) state.photo = Number(photo);
  if (target.ariaLabel === "One more") state.amount += 1;
  if (photo || target.ariaLabel === "One more") product();
  if (add !== undefined) {
    state.basket = state.amount;
    $("count").textContent = state.basket;
    document.body.classList.add("open");
    drawer();
  }
  if (pay !== undefined) {
    document.body.classList.remove("open");
    checkout();
  }
});

list();
document.body.dataset.photos = "ready";
