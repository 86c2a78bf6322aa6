// The frame around each page of the console: side bar and top bar.
const pages = [
  ["overview", "layout-dashboard", "Overview"],
  ["shipments", "package", "Shipments"],
  ["fleet", "ship", "Fleet"],
  ["ports", "anchor", "Ports"],
  ["invoices", "receipt", "Invoices"],
  ["reports", "chart-histogram", "Reports"],
];
const here = location.pathname.slice(1);
document.body.className = "layout-fluid";
document.body.innerHTML = `
<div class="page">
  <aside class="navbar navbar-vertical navbar-expand-lg" data-bs-theme="dark" style="width: 13.5rem"><div class="container-fluid">
    <div class="brand"><svg viewBox="0 0 28 28"><rect width="28" height="28" rx="7" fill="#18929c"/><path d="M5 17c3-3 6-3 9 0s6 3 9 0M5 11c3-3 6-3 9 0s6 3 9 0" stroke="#fff" stroke-width="2.4" fill="none" stroke-linecap="round"/></svg>Tidewater</div>
    <div class="collapse navbar-collapse show"><ul class="navbar-nav">${pages.map(([path, icon, name]) => `<li class="nav-item ${path === here ? "active" : ""}"><a class="nav-link" href="/${path}"><span class="nav-link-icon"><i class="ti ti-${icon}"></i></span><span class="nav-link-title">${name}</span>${path === "invoices" ? '<span class="badge badge-sm bg-orange text-white ms-auto">3</span>' : ""}</a></li>`).join("")}</ul></div>
  </div></aside>
  <div class="page-wrapper" style="margin-left: 13.5rem">
    <div class="page-header d-print-none"><div class="container-xl"><div class="row align-items-center"><div class="col"><div class="page-pretitle">${document.body.dataset.pretitle}</div><h2 class="page-title">${document.title}</h2></div>
      <div class="col-auto d-flex align-items-center gap-3"><a class="btn btn-icon btn-ghost-secondary position-relative"><i class="ti ti-bell fs-2"></i><span class="badge bg-red badge-dot position-absolute top-0 end-0 m-1"></span></a><span class="avatar avatar-sm rounded-circle" style="background: linear-gradient(135deg,#f6b26b,#c9583f); color: #fff">ML</span><div class="lh-sm"><div>Maya Lindqvist</div><div class="small text-secondary">Operations</div></div></div></div></div></div>
    <div class="page-body"><div class="container-xl">${document.querySelector("template").innerHTML}</div></div>
  </div>
</div>`;
