// The contents list follows the reader; the header takes over the page's title; a button leads back to the top.
const BELOW_HEADER = 80 // pixels under the header within which a heading counts as reached, also above an opened answer
const FAR = 400 // pixels scrolled before the way back is offered

export function followReader() {
  const lists = [...document.querySelectorAll(".md-nav--secondary")].map(list => [...list.querySelectorAll("a[href^='#']")])
  const headings = lists[0]?.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1)))) ?? []
  const frame = document.querySelector(".md-sidebar--secondary .md-sidebar__scrollwrap")
  const title = document.querySelector("h1")
  const header = document.querySelector(".md-header")
  const headerTitle = document.querySelector(".md-header__title")
  const siteName = headerTitle.querySelector(".md-header__topic")
  const pageName = siteName.cloneNode(true)
  pageName.firstChild.textContent = title?.textContent ?? ""
  siteName.after(pageName)
  const top = document.querySelector(".md-top")
  let current, last = 0, queued = false

  const update = () => {
    queued = false
    const edge = header.offsetHeight + BELOW_HEADER
    const atEnd = scrollY > 0 && scrollY + innerHeight >= document.documentElement.scrollHeight - 2
    const reached = atEnd ? headings.length - 1 : headings.findLastIndex(heading => heading.getBoundingClientRect().top <= edge)
    if (reached !== current) {
      current = reached
      lists.forEach(links => links.forEach((link, i) => mark(link, i, reached)))
      const link = lists.at(-1)?.[reached]
      if (link && frame && frame.scrollHeight > frame.clientHeight + 16) frame.scrollTop = link.offsetTop - frame.clientHeight / 2
    }
    headerTitle.classList.toggle("md-header__title--active", Boolean(title) && title.getBoundingClientRect().bottom < header.offsetHeight)
    top.hidden = !(scrollY > FAR && scrollY < last)
    last = scrollY
  }
  const queue = () => queued ||= Boolean(requestAnimationFrame(update))
  addEventListener("scroll", queue, { passive: true })
  addEventListener("resize", queue)
  queue()
  top.addEventListener("click", () => {
    scrollTo({ top: 0 })
    document.getElementById("main").focus({ preventScroll: true })
  })
}

function mark(link, index, reached) {
  link.classList.toggle("md-nav__link--passed", index < reached)
  link.classList.toggle("md-nav__link--active", index === reached)
  if (index === reached) link.ariaCurrent = "location"
  else link.removeAttribute("aria-current")
}
