package dev.portcullis.e2e;

class TunnelOnFrp0523IT extends TunnelScenarios {
  TunnelOnFrp0523IT() {
    super(Frp.V0_52_3);
  }

  @Override
  String pingRefused() {
    // this frps closes the connection before its answer is out
    return "read from control connection EOF";
  }
}
