// Time for everything in the client: the wall's, or one that is led by a test or a film.

export interface Clock {
  /** Seconds since the page began. */
  now(): number;
}

/** The wall's time. The only place that asks the browser for it. */
export class WallClock implements Clock {
  now(): number {
    return performance.now() / 1000;
  }
}

/** Time that moves only when it is told to. */
export class ManualClock implements Clock {
  #now = 0;

  now(): number {
    return this.#now;
  }

  advance(seconds: number): void {
    if (!(seconds >= 0)) throw new RangeError('time does not go back');
    this.#now += seconds;
  }
}
