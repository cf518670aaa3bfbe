// Records the spoken answer, if the reader wants that. A recording is a part of this tab's memory and nothing else.
import { button, el } from "./dom.js"

/** Whether this browser can record at all. */
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder)

/** A button that starts and stops; `kept` gets the recording as a Blob. `end()` waits until it is kept, and records no more. */
export function recordButton(kept) {
  let recorder, asking = false, over = false
  const said = el("span", { className: "record-said", role: "status" })
  const press = button("Record my answer", () => (recorder ? stop() : begin()), { className: "button record" })

  async function begin() {
    if (asking) return
    asking = true // not `disabled`, which would take the focus away
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (over) return release(stream) // the reader went on before the browser allowed it
      const pieces = []
      recorder = new MediaRecorder(stream)
      recorder.ondataavailable = event => pieces.push(event.data)
      recorder.ended = new Promise(resolve => {
        recorder.onstop = () => {
          release(stream)
          const recording = new Blob(pieces, { type: recorder.mimeType })
          recorder = undefined
          if (recording.size) kept(recording)
          resolve(recording.size)
        }
      })
      recorder.start()
      press.textContent = "Stop recording"
      press.ariaPressed = "true"
      said.textContent = "Recording."
    } catch {
      release(stream)
      recorder = undefined
      said.textContent = "No microphone, or it is not allowed. Go on without: notes are enough."
    } finally {
      asking = false
    }
  }

  async function stop() {
    const { ended } = recorder ?? {}
    if (recorder?.state === "recording") recorder.stop()
    said.textContent = (await ended) ? "Recorded. It is gone when you leave this page." : "Too short: nothing was recorded."
    press.textContent = "Record it again"
    press.ariaPressed = "false"
  }

  return {
    parts: [press, said],
    end() {
      over = true
      return recorder && stop()
    },
  }
}

/** Switches the microphone off. */
function release(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** What plays a recording, and a link that saves it on the device. */
export function player(recording, name) {
  const source = URL.createObjectURL(recording)
  const kind = recording.type.includes("mp4") ? "m4a" : recording.type.includes("ogg") ? "ogg" : "webm"
  return el("div", { className: "player" }, el("audio", { controls: true, src: source, ariaLabel: "Your recording" }), " ", el("a", { href: source, download: `${name}.${kind}` }, "Save this recording"))
}
