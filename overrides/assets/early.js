// What has to happen before the first paint: the colors that the reader has chosen. It stands in a file because the pages'
// policy allows no script inside them.
try {
  const { scheme } = localStorage
  if (scheme) document.documentElement.dataset.scheme = scheme
} catch {
  // a blocked store: the system's colors
}
