import { Notice } from "../ui/notice";

/** The error of a form as a whole. The region is always there, so that what appears in it is announced. */
export function FormError({ message }: { message: string | null }) {
  return (
    <div aria-live="polite" className="empty:mb-0">
      {message === null ? null : (
        <div data-form-error tabIndex={-1} autoFocus className="rounded-control">
          <Notice tone="danger">
            <p className="font-medium">
              <span className="sr-only">Error: </span>
              {message}
            </p>
          </Notice>
        </div>
      )}
    </div>
  );
}
