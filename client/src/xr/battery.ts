// The browser's word on the battery comes in, where it gives one; how full it is goes out.

interface BatteryTold {
  readonly level: number; // 0..1
}

export class Battery {
  #told: BatteryTold | null = null;

  constructor(browser: { getBattery?(): Promise<BatteryTold> } = navigator as { getBattery?(): Promise<BatteryTold> }) {
    void browser
      .getBattery?.()
      .then((told) => {
        this.#told = told;
      })
      .catch(() => undefined); // not for this page: it stays unknown
  }

  /** 0..1, or -1 where it is not known. */
  get level(): number {
    return this.#told?.level ?? -1;
  }
}
