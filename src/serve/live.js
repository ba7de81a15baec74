// Keeps a page up to date while its dossier is being written. A page of pictures changes only the pictures that
// became others, so one stays at the place where one was; any other page is loaded again.
(() => {
  const film = document.body.dataset.film;
  const part = (id, from = document) => from.getElementById(id);
  let busy = false;
  let again = false;

  const exchange = (fresh) => {
    for (const id of ["desk", "notes", "outputs", "count"]) {
      const [now, next] = [part(id), part(id, fresh)];
      if (!now || !next || now.innerHTML === next.innerHTML) continue;
      // what one has unfolded stays unfolded
      const open = now.querySelector("details")?.open;
      now.replaceChildren(...next.childNodes);
      if (open) now.querySelector("details")?.setAttribute("open", "");
    }
    const [now, next] = [part("pages"), part("pages", fresh)];
    if (!next) return;
    if (!now) return document.querySelector("main").append(next);
    const pictures = [now, next].map((list) => Array.from(list.querySelectorAll("img")));
    if (pictures[0].length !== pictures[1].length) return now.replaceChildren(...next.childNodes);
    pictures[0].forEach((picture, at) => {
      const other = pictures[1][at];
      for (const name of ["width", "height", "srcset", "src"]) {
        if (picture.getAttribute(name) !== other.getAttribute(name)) picture.setAttribute(name, other.getAttribute(name));
      }
    });
  };

  const renew = async () => {
    if (busy) return void (again = true);
    busy = true;
    do {
      again = false;
      try {
        const answer = await fetch(location.pathname, { cache: "no-store" });
        if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        again = false;
      }
    } while (again);
    busy = false;
  };

  const news = new EventSource("/-/news");
  let lost = false;
  news.addEventListener("pages", (event) => { if (event.data === film) renew(); });
  news.addEventListener("built", () => { if (film) renew(); else location.reload(); });
  news.addEventListener("error", () => {
    lost = true;
    if (part("state")) part("state").textContent = "bookify has stopped; this is what was there last.";
  });
  news.addEventListener("open", () => { if (lost) location.reload(); });
})();
