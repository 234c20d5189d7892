package dev.ringdraft.app.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike (RFC 4632, RFC 4291 section 2.3).
 *
 * @param first the bytes of an address: 4 of IPv4, 16 of IPv6
 * @param length how many bits are alike
 */
record AddressRange(InetAddress first, int length) {
  /** Nothing but these: a name would be looked up. */
  private static final Pattern IPV4 =
      Pattern.compile("(BYTE\\.){3}BYTE".replace("BYTE", "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"));

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  AddressRange {
    int bits = first.getAddress().length * Byte.SIZE;
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException("/%d (expected: 0..%d)".formatted(length, bits));
    }
  }

  /**
   * The range that is written like this.
   *
   * @throws IllegalArgumentException when none is
   */
  static AddressRange parse(String text) {
    String[] parts = text.split("/", 2);
    InetAddress first =
        address(parts[0])
            .orElseThrow(() -> new IllegalArgumentException(text + " (expected: an address)"));
    if (parts.length == 1) {
      return new AddressRange(first, first.getAddress().length * Byte.SIZE);
    }
    if (!parts[1].matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(text + " (expected: a number after the slash)");
    }
    return new AddressRange(first, Integer.parseInt(parts[1]));
  }

  /**
   * The address that is written like this, IPv6 with brackets or without; an IPv4 address that is
   * mapped into IPv6 is the IPv4 address. No name is looked up.
   */
  static Optional<InetAddress> address(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
