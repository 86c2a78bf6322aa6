// A card for a dashboard in React: the replay of a task, that of the server when it has one, else made right here.
import { useEffect, useState } from "react";
import { loadTaskGif } from "task-gif";

/**
 * @param {{ taskId: string, title: string, client?: import("task-gif").TaskClient,
 *   screenshots?: import("task-gif").Screenshots }} props Keep `client` and `screenshots` between renders: other ones
 *   start the replay anew.
 */
export function ReplayCard({ taskId, title, client, screenshots }) {
  const [{ gif, url, error, ratio }, setState] = useState({ ratio: 0 });
  const [attempt, setAttempt] = useState(1);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let made;
    const onProgress = ({ ratio }) => signal.aborted || setState({ ratio });
    setState({ ratio: 0 });
    loadTaskGif(taskId, { client, screenshots, signal, onProgress }).then(
      (gif) => {
        if (signal.aborted) return gif.close();
        made = gif;
        setState({ gif, url: gif.toUrl() });
      },
      (error) => signal.aborted || setState({ error }),
    );
    return () => {
      controller.abort();
      made?.close();
    };
  }, [taskId, client, screenshots, attempt]);

  return (
    <section aria-label={title} aria-busy={!gif && !error}>
      <h3>{title}</h3>
      {gif ? (
        <figure>
          <img src={url} width={gif.width} height={gif.height} alt={`Replay of ${title}`} />
          <figcaption>
            {gif.frames.length} steps, {Math.ceil(gif.blob.size / 1000)} kB,{" "}
            {gif.source === "server" ? "from the server" : `made here, since ${gif.why.message}`}.{" "}
            <a href={url} download={`${taskId}.gif`}>
              Download
            </a>
          </figcaption>
        </figure>
      ) : error ? (
        <p role="alert">
          {error.message}{" "}
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </button>
        </p>
      ) : (
        <progress value={ratio} aria-label="Making the replay" />
      )}
    </section>
  );
}
