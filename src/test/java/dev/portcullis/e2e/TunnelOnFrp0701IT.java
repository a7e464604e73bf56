package dev.portcullis.e2e;

class TunnelOnFrp0701IT extends TunnelScenarios {
  TunnelOnFrp0701IT() {
    super(Frp.V0_70_1);
  }

  @Override
  String pingRefused() {
    return "pong message contains error: Portcullis does not admit";
  }
}
