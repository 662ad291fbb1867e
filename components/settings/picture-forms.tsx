import { postPaths } from "@/lib/routes";
import { Button } from "../ui/button";

/** Sends a file from the device. No script is needed; the browser itself shows what was chosen. */
export function UploadPictureForm({ error }: { error: string | null }) {
  return (
    <form
      method="post"
      action={postPaths.picture}
      encType="multipart/form-data"
      aria-label="Upload a picture"
      className="space-y-4"
    >
      <div>
        <label htmlFor="picture" className="block text-sm font-medium">
          Picture
        </label>
        <p id="picture-hint" className="mt-1 text-sm text-muted">
          JPEG, PNG or WebP of at most 5 MB. We cut it square and leave out where and how it was taken.
        </p>
        {error ? (
          <p id="picture-error" className="mt-1 text-sm font-medium text-danger">
            <span className="sr-only">Error: </span>
            {error}
          </p>
        ) : null}
        <input
          id="picture"
          type="file"
          name="picture"
          accept="image/jpeg,image/png,image/webp"
          required
          autoFocus={error !== null}
          aria-invalid={error === null ? undefined : true}
          aria-describedby={error === null ? "picture-hint" : "picture-error picture-hint"}
          className="mt-2 block min-h-11 w-full rounded-control border border-edge bg-surface text-sm file:me-3 file:min-h-11 file:border-0 file:border-e file:border-edge file:bg-sunken file:px-4 file:font-medium file:text-ink"
        />
      </div>
      <Button>Upload</Button>
    </form>
  );
}

/** Takes the picture away. */
export function RemovePictureForm() {
  return (
    <form method="post" action={postPaths.picture}>
      <input type="hidden" name="remove" value="picture" />
      <Button variant="danger" size="small">
        Remove the picture
      </Button>
    </form>
  );
}
