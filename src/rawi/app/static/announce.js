// Says something to those who cannot see it happen.
export function announce(words) {
  document.getElementById("status").textContent = words;
}
