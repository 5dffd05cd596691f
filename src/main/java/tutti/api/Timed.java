package tutti.api;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Its answers tell what took how long. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Timed {}
