// Records the spoken answer, if the reader wants that. A recording is a part of this tab's memory and nothing else.
import { button, el } from "./dom.js"

/** Whether this browser can record at all. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder)

/** A button that starts and stops; `kept` gets the recording as a Blob. `stop()` ends it and waits until it is kept. */
export function recordButton(kept) {
  let recorder
  const said = el("span", { className: "record-said", role: "status" })
  const press = button("Record my answer", () => (recorder ? stop() : begin()), { className: "button record" })

  async function begin() {
    press.disabled = true
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const pieces = []
      recorder = new MediaRecorder(stream)
      recorder.ondataavailable = event => pieces.push(event.data)
      recorder.ended = new Promise(resolve => {
        recorder.onstop = () => {
          for (const track of stream.getTracks()) track.stop()
          kept(new Blob(pieces, { type: recorder.mimeType }))
          recorder = undefined
          resolve()
        }
      })
      recorder.start()
      press.textContent = "Stop recording"
      press.ariaPressed = "true"
      said.textContent = "Recording."
    } catch {
      said.textContent = "No microphone, or it is not allowed. Go on without: notes are enough."
    }
    press.disabled = false
  }

  async function stop() {
    const { ended } = recorder ?? {}
    recorder?.stop()
    await ended
    press.textContent = "Record it again"
    press.ariaPressed = "false"
    said.textContent = ended ? "Recorded. It is gone when you leave this page." : ""
  }

  return { parts: [press, said], stop: () => (recorder ? stop() : undefined) }
}

/** What plays a recording, and a link that saves it on the device. */
export function player(recording, name) {
  const source = URL.createObjectURL(recording)
  const kind = recording.type.includes("mp4") ? "m4a" : recording.type.includes("ogg") ? "ogg" : "webm"
  return el("div", { className: "player" }, el("audio", { controls: true, src: source }), " ", el("a", { href: source, download: `${name}.${kind}` }, "Save this recording"))
}
