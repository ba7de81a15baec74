// Moves the next discussion to the top of the page. Without it the page is whole, in the order of the dates.
(() => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const next = document.getElementById("next");
  const films = document.querySelectorAll("#films > li[data-day]");
  const days = Array.from(films, (film) => film.dataset.day);
  const day = days.filter((day) => day >= today).sort()[0];
  const mark = (film, words) => {
    const note = document.createElement("span");
    note.className = "note";
    note.textContent = words;
    film.querySelector("time").after(note);
  };
  for (const film of films) {
    if (film.dataset.day === today) mark(film, next.dataset.today);
    if (film.dataset.day < today) mark(film, next.dataset.past);
  }
  if (!day) return;
  const list = document.createElement("ol");
  list.className = "films";
  for (const film of films) if (film.dataset.day === day) list.append(film);
  next.append(list);
  next.hidden = false;
  if (!document.querySelector("#films > li")) document.getElementById("all").hidden = true;
})();
