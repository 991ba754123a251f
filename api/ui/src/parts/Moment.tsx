import { moment, wholeMoment } from "./time";

/** A time in the person's zone; date, zone and the exact time are in its title. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={wholeMoment(at)}>
      {moment(at)}
    </time>
  );
}
