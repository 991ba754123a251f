// Before the first paint, or a dark page would flash white.
try {
  const chosen = localStorage.getItem("taskwright.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // storage is refused: the system's choice holds
}
