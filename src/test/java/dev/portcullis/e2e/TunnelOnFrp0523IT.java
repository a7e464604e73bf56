package dev.portcullis.e2e;

class TunnelOnFrp0523IT extends TunnelScenarios {
  TunnelOnFrp0523IT() {
    super(Frp.V0_52_3);
  }
}
